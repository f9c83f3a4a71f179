using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Finds well-known actors by a type that stands for them.</summary>
public interface IReadOnlyActorRegistry : IEnumerable<KeyValuePair<Type, IActorRef>>
{
    /// <summary>The actor, if it is registered.</summary>
    bool TryGet<TKey>(out IActorRef actor);

    /// <summary>The actor, if it is registered.</summary>
    bool TryGet(Type key, out IActorRef actor);

    /// <summary>The actor.</summary>
    /// <exception cref="MissingActorRegistryEntryException">It is not registered.</exception>
    IActorRef Get<TKey>();

    /// <summary>The actor, as soon as it is registered.</summary>
    Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default);

    /// <summary>The actor, as soon as it is registered.</summary>
    Task<IActorRef> GetAsync(Type key, CancellationToken ct = default);
}
