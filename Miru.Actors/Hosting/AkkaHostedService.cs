using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Ties a system to its host: starts it and its actors, ends it by <see cref="Actor.CoordinatedShutdown"/>, and stops the host if the system ends by itself.</summary>
public class AkkaHostedService : IHostedService
{
    /// <summary>The system; null until it is started.</summary>
    protected ActorSystem ActorSystem;

    /// <summary>How the system ends; null until it is started.</summary>
    protected CoordinatedShutdown CoordinatedShutdown;

    /// <summary>What the system is made of.</summary>
    protected readonly AkkaConfigurationBuilder ConfigurationBuilder;

    /// <summary>The host's services.</summary>
    protected readonly IServiceProvider ServiceProvider;

    /// <summary>The log of this service.</summary>
    protected readonly ILogger<AkkaHostedService> Logger;

    /// <summary>The host's life; null in a container without a host.</summary>
    protected readonly IHostApplicationLifetime HostApplicationLifetime;

    /// <summary>A service for the system that <paramref name="configurationBuilder"/> describes.</summary>
    public AkkaHostedService(AkkaConfigurationBuilder configurationBuilder, IServiceProvider serviceProvider, ILogger<AkkaHostedService> logger, IHostApplicationLifetime applicationLifetime)
    {
        ConfigurationBuilder = configurationBuilder;
        ServiceProvider = serviceProvider;
        Logger = logger;
        HostApplicationLifetime = applicationLifetime;
    }

    /// <inheritdoc />
    public virtual async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            ActorSystem = ServiceProvider.GetRequiredService<ActorSystem>();
            CoordinatedShutdown = CoordinatedShutdown.Get(ActorSystem);
            await ConfigurationBuilder.StartAsync(ActorSystem).ConfigureAwait(false);
            StopHostWithSystem();
        }
        catch (Exception error)
        {
            Logger.LogCritical(error, "Unable to start AkkaHostedService - shutting down application");
            HostApplicationLifetime?.StopApplication();
        }
    }

    /// <inheritdoc />
    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        // Null if the system could not even be made; then its own error is what matters.
        if (CoordinatedShutdown is not null) await CoordinatedShutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).ConfigureAwait(false);
    }

    private void StopHostWithSystem() => ActorSystem.WhenTerminated.ContinueWith(
        static (_, life) => ((IHostApplicationLifetime)life)?.StopApplication(), HostApplicationLifetime,
        CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
