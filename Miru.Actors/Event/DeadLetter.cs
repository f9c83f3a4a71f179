using Akka.Actor;

namespace Akka.Event;

/// <summary>A message to an actor that is gone.</summary>
public sealed class DeadLetter : AllDeadLetters
{
    /// <exception cref="ArgumentNullException">Sender or recipient is null.</exception>
    public DeadLetter(object message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(recipient);
    }
}
