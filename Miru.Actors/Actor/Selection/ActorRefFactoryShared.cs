namespace Akka.Actor;

/// <summary>Makes selections of texts and paths.</summary>
public static class ActorRefFactoryShared
{
    /// <summary>From a path, beginning at the root of the system.</summary>
    public static ActorSelection ActorSelection(ActorPath actorPath, ActorSystem system) => new(((ExtendedActorSystem)system).LookupRoot, actorPath.Elements);

    /// <summary>From a text relative to an actor.</summary>
    public static ActorSelection ActorSelection(IActorRef anchorActorRef, string path) => new(anchorActorRef, path);

    /// <summary>From a text: a whole path with the system, an absolute one, or one relative to <paramref name="lookupRoot"/>.</summary>
    public static ActorSelection ActorSelection(string path, ActorSystem system, IActorRef lookupRoot)
    {
        var root = ((ExtendedActorSystem)system).LookupRoot;
        if (ActorPath.TryParse(path, out var whole))
        {
            return whole.Address == root.Path.Address
                ? ActorSelection(whole, system)
                : new ActorSelection(system.DeadLetters, whole.Elements);
        }
        if (!path.StartsWith('/')) return new ActorSelection(lookupRoot, path);
        return new ActorSelection(root, path);
    }
}
