using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The living part of an actor, as its reference knows it. To look at from any thread; to command by system messages.</summary>
public interface ICell
{
    /// <summary>The reference in front.</summary>
    IActorRef Self { get; }

    /// <summary>The system.</summary>
    ActorSystem System { get; }

    /// <summary>The system.</summary>
    ActorSystemImpl SystemImpl { get; }

    /// <summary>The supervisor.</summary>
    IInternalActorRef Parent { get; }

    /// <summary>The recipe of the actor.</summary>
    Props Props { get; }

    /// <summary>True for an actor of this process.</summary>
    bool IsLocal { get; }

    /// <summary>True once the actor has stopped.</summary>
    bool IsTerminated { get; }

    /// <summary>True when messages wait.</summary>
    bool HasMessages { get; }

    /// <summary>How many messages wait at this moment.</summary>
    int NumberOfMessages { get; }

    /// <summary>The children at this moment.</summary>
    IChildrenContainer ChildrenContainer { get; }

    /// <summary>Starts processing of the mailbox.</summary>
    void Start();

    /// <summary>Stops the handling of user messages until as many resumes have come as suspends.</summary>
    void Suspend();

    /// <summary>Resumes a suspended actor; a cause means that the failure behind the suspension is dealt with.</summary>
    void Resume(Exception causedByFailure);

    /// <summary>Replaces the actor's instance; the mailbox stays.</summary>
    void Restart(Exception cause);

    /// <summary>Stops the actor after the message it is handling.</summary>
    void Stop();

    /// <summary>Delivers a message.</summary>
    void SendMessage(IActorRef sender, object message);

    /// <summary>Delivers a system message.</summary>
    void SendSystemMessage(ISystemMessage message);

    /// <summary>The children at this moment.</summary>
    IEnumerable<IInternalActorRef> GetChildren();

    /// <summary>A child by name; <c>Nobody</c> when there is none.</summary>
    IInternalActorRef GetChildByName(string name);

    /// <summary>A child by name, or by name and incarnation: <c>name#uid</c>; <c>Nobody</c> when there is none.</summary>
    IInternalActorRef GetSingleChild(string name);

    /// <summary>What is known about a child; false when there is none of this name.</summary>
    bool TryGetChildStatsByName(string name, out IChildStats child);
}
