namespace Akka.Actor;

/// <summary>One step down from another path.</summary>
public sealed class ChildActorPath : ActorPath
{
    /// <summary>Makes the path of a child and, if the uid is not 0, of one incarnation of it.</summary>
    public ChildActorPath(ActorPath parentPath, string name, long uid) : base(parentPath, name, uid) { }
}
