namespace Akka.Actor;

/// <summary>Something that can be told of an actor's death.</summary>
public interface ICanWatch
{
    /// <summary>Has <see cref="Terminated"/> told when the subject has stopped, or at once when it already has.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Has a message of one's own told instead. For an actor that is watched already nothing changes: unwatch it first.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Takes a watch back, also when the message is in the mailbox already.</summary>
    IActorRef Unwatch(IActorRef subject);
}
