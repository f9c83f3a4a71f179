using Akka.Actor;

namespace Akka.Hosting;

/// <summary>A service that stands for a well-known actor, for those who are no actors themselves.</summary>
public interface IRequiredActor<TActor>
{
    /// <summary>The actor.</summary>
    /// <exception cref="MissingActorRegistryEntryException">It is not registered yet; use <see cref="GetAsync"/> while the host starts.</exception>
    IActorRef ActorRef { get; }

    /// <summary>The actor, as soon as it is registered.</summary>
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}
