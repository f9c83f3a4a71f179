namespace Akka.DependencyInjection;

/// <summary>A life time of scoped services.</summary>
public interface IResolverScope : IDisposable
{
    /// <summary>Resolves within this scope.</summary>
    IDependencyResolver Resolver { get; }
}
