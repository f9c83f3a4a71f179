namespace Akka.Actor;

/// <summary>What a system offers to extensions.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    /// <summary>Called by the deriving class only.</summary>
    protected ExtendedActorSystem() { }

    /// <summary>Makes and finds references.</summary>
    public abstract IActorRefProvider Provider { get; }

    /// <summary>What lends a hand when instances of actors come and go.</summary>
    public abstract ActorProducerPipelineResolver ActorPipelineResolver { get; }

    /// <summary>/user: the parent of the application's actors.</summary>
    public abstract IInternalActorRef Guardian { get; }

    /// <summary>/: where paths begin.</summary>
    public abstract IInternalActorRef LookupRoot { get; }

    /// <summary>/system: the parent of the runtime's actors, the last to stop.</summary>
    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Ends the system without waiting for actors of other systems; as there are none here, it is <see cref="ActorSystem.Terminate"/>.</summary>
    public abstract void Abort();

    /// <summary>The tree of actors as a text for people.</summary>
    public abstract string PrintTree();

    /// <summary>Makes an actor below /system.</summary>
    public abstract IActorRef SystemActorOf(Props props, string name = null);

    /// <summary>Makes an actor below /system.</summary>
    public abstract IActorRef SystemActorOf<TActor>(string name = null) where TActor : ActorBase, new();
}
