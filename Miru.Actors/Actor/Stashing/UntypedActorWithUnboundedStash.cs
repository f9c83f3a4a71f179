namespace Akka.Actor;

/// <summary>An untyped actor with a stash.</summary>
public abstract class UntypedActorWithUnboundedStash : UntypedActor, IWithUnboundedStash
{
    /// <summary>Called by the deriving class only.</summary>
    protected UntypedActorWithUnboundedStash() { }

    /// <inheritdoc/>
    public IStash Stash { get; set; }
}
