using Akka.Actor;

namespace Akka.Event;

/// <summary>A message that its receiver did not know.</summary>
public sealed class UnhandledMessage : AllDeadLetters
{
    /// <summary>Says what was not handled.</summary>
    public UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient) { }
}
