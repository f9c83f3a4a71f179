using Akka.Actor;

namespace Akka.Event;

/// <summary>A lost message whose loss is nothing to report.</summary>
public sealed class SuppressedDeadLetter : AllDeadLetters
{
    /// <summary>Says what was lost between whom.</summary>
    public SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient) { }
}
