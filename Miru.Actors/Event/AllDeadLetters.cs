using Akka.Actor;

namespace Akka.Event;

/// <summary>A message that did not reach anybody. Subscribe to this for every kind of it.</summary>
public abstract class AllDeadLetters : IWrappedMessage
{
    /// <summary>Says what was lost between whom.</summary>
    protected AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    /// <summary>What was lost.</summary>
    public object Message { get; }

    /// <summary>Whom it should have reached.</summary>
    public IActorRef Recipient { get; }

    /// <summary>Who sent it.</summary>
    public IActorRef Sender { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} from {Sender} to {Recipient}: <{Message}>";
}
