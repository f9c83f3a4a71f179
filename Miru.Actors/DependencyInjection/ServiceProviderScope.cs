using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>A scope of Microsoft.Extensions.DependencyInjection.</summary>
public class ServiceProviderScope(IServiceScope scope) : IResolverScope
{
    /// <inheritdoc />
    public IDependencyResolver Resolver { get; } = new ServiceProviderDependencyResolver(scope.ServiceProvider);

    /// <summary>Ends the scope and its services.</summary>
    public void Dispose() => scope.Dispose();
}
