namespace Akka.Actor;

/// <summary>The context of an actor whose behaviours handle every message.</summary>
public interface IUntypedActorContext : IActorContext
{
    /// <summary>Replaces the behaviour.</summary>
    void Become(UntypedReceive receive);

    /// <summary>Replaces the behaviour and keeps the one before.</summary>
    void BecomeStacked(UntypedReceive receive);
}
