using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>Shorter ways to make and find actors.</summary>
public static class ActorRefFactoryExtensions
{
    /// <summary>Makes an actor that needs no arguments.</summary>
    public static IActorRef ActorOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TActor>(
        this IActorRefFactory factory, string name = null) where TActor : ActorBase, new() => factory.ActorOf(Props.Create<TActor>(), name);

    /// <summary>Finds actors by a path relative to another.</summary>
    public static ActorSelection ActorSelection(this IActorRefFactory factory, IActorRef anchorRef, string actorPath) =>
        ActorRefFactoryShared.ActorSelection(anchorRef, actorPath);
}
