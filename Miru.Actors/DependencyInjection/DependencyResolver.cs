using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>The resolver of a system.</summary>
public class DependencyResolver(IDependencyResolver resolver) : IExtension
{
    /// <summary>Where services come from.</summary>
    public IDependencyResolver Resolver { get; } = resolver;

    /// <summary>The resolver of <paramref name="actorSystem"/>.</summary>
    /// <exception cref="Configuration.ConfigurationException">The system was made without a <see cref="DependencyResolverSetup"/>.</exception>
    public static DependencyResolver For(ActorSystem actorSystem) => actorSystem.WithExtension<DependencyResolver, DependencyResolverExtension>();

    /// <summary>How to make an actor from <paramref name="args"/> and services for the rest.</summary>
    public Props Props<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(params object[] args) where T : ActorBase => Resolver.Props<T>(args);

    /// <summary>How to make an actor whose whole constructor is filled with services.</summary>
    public Props Props<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>() where T : ActorBase => Resolver.Props<T>();

    /// <summary>How to make an actor whose whole constructor is filled with services.</summary>
    public Props Props([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type) => Resolver.Props(type);

    /// <summary>How to make an actor from <paramref name="args"/> and services for the rest.</summary>
    public Props Props([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type, params object[] args) => Resolver.Props(type, args);
}
