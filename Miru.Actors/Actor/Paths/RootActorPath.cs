namespace Akka.Actor;

/// <summary>Where every path of a system begins.</summary>
public sealed class RootActorPath : ActorPath
{
    /// <summary>Makes the root of a system.</summary>
    public RootActorPath(Address address, string name = "/") : base(address, name) { }
}
