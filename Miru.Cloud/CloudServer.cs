using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Miru.Cloud.Hosting;

namespace Miru.Cloud;

/// <summary>A running control plane: the agent's contract under <c>/agent/v1</c>, the admin API under <c>/admin/v1</c>. Disposing it stops it.</summary>
public sealed class CloudServer : IAsyncDisposable
{
    private static readonly TimeSpan MaxTokenLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan MaxPollInterval = TimeSpan.FromDays(1);

    private readonly WebApplication _app;
    private readonly CloudState _state;
    private int _disposed;

    private CloudServer(WebApplication app, CloudState state)
    {
        _app = app;
        _state = state;
        var bound = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        BaseAddress = ListenAddresses.Reachable(bound.First());
    }

    /// <summary>Where this machine reaches the server, with the real port.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The file with the admin key that was made at this start; null if the key was given or known.</summary>
    public string? GeneratedAdminKeyFile => _state.AdminKeys.GeneratedFile;

    /// <summary>Opens the data directory, brings its schema up to date and listens. Ready to serve when the task completes.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">The directory cannot be used or the address cannot be listened on; the message says what to check.</exception>
    public static async Task<CloudServer> StartAsync(CloudOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.DataDirectory);
        if (options.AdminKeys is { } keys && (keys.Count == 0 || keys.Any(string.IsNullOrWhiteSpace)))
        {
            throw new ArgumentException("no key, or an empty one", nameof(options.AdminKeys));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.DeviceTokenLifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.DeviceTokenLifetime, MaxTokenLifetime);
        if (options.PollInterval is { } interval)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromSeconds(1), nameof(options.PollInterval));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, MaxPollInterval, nameof(options.PollInterval));
        }

        var state = await CloudState.OpenAsync(options);
        WebApplication? app = null;
        try
        {
            app = WebHost.Build(options, state);
            await app.StartAsync(cancellationToken);
            return new CloudServer(app, state);
        }
        catch (Exception failure)
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            await state.DisposeAsync();
            throw failure is IOException and not CloudStartException
                ? new CloudStartException($"Cannot listen on {options.Urls}: {failure.Message} Choose another port or stop what uses it.", failure)
                : failure;
        }
    }

    /// <summary>Ends the waiting requests, lets the others finish for at most 5 s, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        // Waiting requests would hold the stop up until their time is over.
        _state.Changes.Stop();
        _state.Reports.Stop();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _state.DisposeAsync();
    }
}
