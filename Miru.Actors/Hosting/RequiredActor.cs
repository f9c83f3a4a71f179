using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Looks a well-known actor up once, and remembers it.</summary>
public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    private IActorRef _found;

    /// <inheritdoc />
    public IActorRef ActorRef => _found ??= registry.Get<TActor>();

    /// <inheritdoc />
    public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) =>
        _found ??= await registry.GetAsync<TActor>(cancellationToken).ConfigureAwait(false);
}
