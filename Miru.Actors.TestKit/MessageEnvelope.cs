using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that arrived at a test actor, and who sent it.</summary>
public abstract class MessageEnvelope
{
    /// <summary>The message.</summary>
    public abstract object Message { get; }

    /// <summary>Who sent it.</summary>
    public abstract IActorRef Sender { get; }
}
