using Akka.Actor;
using Akka.Streams.Implementation;

namespace Akka.Streams;

/// <summary>Materializers from systems and actor contexts.</summary>
public static class ActorMaterializerExtensions
{
    /// <summary>
    /// For an actor context: a new materializer, whose streams die with the actor. For a system without settings: the one that all of the
    /// system share; whoever disposes it stops the streams of everybody.
    /// </summary>
    public static ActorMaterializer Materializer(this IActorRefFactory context, ActorMaterializerSettings settings = null, string namePrefix = null) =>
        context is ActorSystem system && settings is null && namePrefix is null
            ? SystemMaterializer.Of(system)
            : ActorMaterializer.Create(context, settings, namePrefix);
}
