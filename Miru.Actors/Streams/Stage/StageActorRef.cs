using Akka.Actor;

namespace Akka.Streams.Stage;

/// <summary>What a stage does with messages from actors.</summary>
public static class StageActorRef
{
    /// <param name="args">The sender and the message.</param>
    public delegate void Receive((IActorRef, object) args);
}
