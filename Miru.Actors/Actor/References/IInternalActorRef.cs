using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// What a supervisor can do to a reference and nobody else should: the lifecycle commands travel as system messages,
/// which overtake user messages and are handled even while the mailbox is suspended.
/// </summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    /// <summary>The supervisor.</summary>
    IInternalActorRef Parent { get; }

    /// <summary>Makes and finds references of the same system.</summary>
    IActorRefProvider Provider { get; }

    /// <summary>True once the actor has stopped: <c>PostStop</c> has run and its mailbox is closed.</summary>
    bool IsTerminated { get; }

    /// <summary>Follows path elements downwards; <c>Nobody</c> when the way ends. ".." leads up.</summary>
    IActorRef GetChild(IReadOnlyList<string> name);

    /// <summary>Resumes a suspended actor; a cause means that the failure behind the suspension is dealt with.</summary>
    void Resume(Exception causedByFailure = null);

    /// <summary>Starts processing of the mailbox.</summary>
    void Start();

    /// <summary>Stops the actor after the message it is handling.</summary>
    void Stop();

    /// <summary>Replaces the actor's instance; the mailbox stays.</summary>
    void Restart(Exception cause);

    /// <summary>Stops the handling of user messages until as many resumes have come as suspends.</summary>
    void Suspend();

    /// <summary>Delivers a system message.</summary>
    void SendSystemMessage(ISystemMessage message);

    /// <summary>Delivers a system message; it has no sender.</summary>
    [Obsolete("Use SendSystemMessage(message)")]
    void SendSystemMessage(ISystemMessage message, IActorRef sender);
}
