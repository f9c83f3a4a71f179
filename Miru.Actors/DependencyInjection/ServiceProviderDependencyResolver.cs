using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Resolves from Microsoft.Extensions.DependencyInjection. An actor's services come from the provider itself: who needs scoped ones makes a scope.</summary>
public class ServiceProviderDependencyResolver(IServiceProvider serviceProvider) : IDependencyResolver
{
    /// <summary>Where services come from.</summary>
    public IServiceProvider ServiceProvider { get; } = serviceProvider ?? throw new ArgumentNullException(nameof(serviceProvider));

    /// <inheritdoc />
    public IResolverScope CreateScope() => new ServiceProviderScope(ServiceProvider.CreateScope());

    /// <inheritdoc />
    public object GetService(Type type) => ServiceProvider.GetService(type);

    /// <inheritdoc />
    public T GetService<T>() => ServiceProvider.GetService<T>();

    /// <inheritdoc />
    public Props Props([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type) => Props(type, []);

    /// <inheritdoc />
    public Props Props([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type, params object[] args) => Actor.Props.CreateBy(new ServiceProviderActorProducer(ServiceProvider, type, args));

    /// <inheritdoc />
    public Props Props<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(params object[] args) where T : ActorBase => Props(typeof(T), args);
}
