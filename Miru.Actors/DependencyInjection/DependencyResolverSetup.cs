using Akka.Actor.Setup;

namespace Akka.DependencyInjection;

/// <summary>Gives a system its resolver.</summary>
public class DependencyResolverSetup : Setup
{
    private DependencyResolverSetup(IDependencyResolver resolver) => DependencyResolver = resolver;

    /// <summary>Where services come from.</summary>
    public IDependencyResolver DependencyResolver { get; }

    /// <summary>Services from Microsoft.Extensions.DependencyInjection.</summary>
    public static DependencyResolverSetup Create(IServiceProvider provider) => new(new ServiceProviderDependencyResolver(provider));

    /// <summary>Services from anywhere else.</summary>
    public static DependencyResolverSetup Create(IDependencyResolver provider) => new(provider);
}
