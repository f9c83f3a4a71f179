using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>Makes actors whose constructors take services besides their own arguments.</summary>
public interface IDependencyResolver
{
    /// <summary>A scope of its own for scoped services; dispose of it when done.</summary>
    IResolverScope CreateScope();

    /// <summary>A service, or null.</summary>
    object GetService(Type type);

    /// <summary>A service, or the default.</summary>
    T GetService<T>();

    /// <summary>How to make an actor whose whole constructor is filled with services.</summary>
    Props Props([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type);

    /// <summary>How to make an actor from <paramref name="args"/> and services for the rest.</summary>
    Props Props([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type, params object[] args);

    /// <summary>How to make an actor from <paramref name="args"/> and services for the rest.</summary>
    Props Props<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(params object[] args) where T : ActorBase;
}
