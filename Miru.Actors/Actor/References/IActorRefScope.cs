namespace Akka.Actor;

/// <summary>Tells whether a reference leads to an actor of this process.</summary>
public interface IActorRefScope
{
    /// <summary>True when the actor lives in this process; here it always does.</summary>
    bool IsLocal { get; }
}
