namespace Akka.Actor;

/// <summary>A reference that belongs to no system.</summary>
internal abstract class DetachedActorRef : MinimalActorRef
{
    public sealed override IActorRefProvider Provider => throw new NotSupportedException($"{GetType().Name} belongs to no system.");
}
