using Akka.Actor;

namespace Akka.Event;

/// <summary>A message given up on purpose, for instance because a buffer was full.</summary>
public sealed class Dropped : AllDeadLetters
{
    /// <summary>Says what was dropped and why.</summary>
    public Dropped(object message, string reason, IActorRef recipient) : this(message, reason, ActorRefs.NoSender, recipient) { }

    /// <summary>Says what was dropped and why.</summary>
    public Dropped(object message, string reason, IActorRef sender, IActorRef recipient) : base(message, sender, recipient) => Reason = reason;

    /// <summary>Why.</summary>
    public string Reason { get; }
}
