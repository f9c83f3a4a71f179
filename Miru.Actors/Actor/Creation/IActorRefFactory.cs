namespace Akka.Actor;

/// <summary>Something that makes and finds actors: a system or an actor's context.</summary>
public interface IActorRefFactory
{
    /// <summary>Makes an actor as a child; returns at once, the instance is made on the actor's own dispatcher.</summary>
    /// <exception cref="InvalidActorNameException">The name is taken or not allowed.</exception>
    IActorRef ActorOf(Props props, string name = null);

    /// <summary>Finds actors by path, wildcards included.</summary>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>Finds actors by path, wildcards included: absolute, or relative to the context's actor.</summary>
    ActorSelection ActorSelection(string actorPath);
}
