using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Miru.Protocol;
using Miru.Sdk.Connection;
using Miru.Sdk.Errors;
using Miru.Sdk.Requests;
using Miru.Sdk.Snapshots;
using Miru.Sdk.Transport;

namespace Miru.Sdk;

/// <summary>
/// A robot application's connection to the agent on the same machine. It always holds the newest configs, keeps them
/// while the agent is away, and reconnects by itself for ever. Thread-safe; one per process is enough.
/// </summary>
public sealed class MiruClient : IAsyncDisposable
{
    private readonly MiruClientOptions _options;
    private readonly SnapshotFeed _feed = new();
    private readonly ConnectionStatus _status = new();
    private readonly Requester _requester;
    private readonly Reconnector _reconnector;
    private readonly Task _running;
    private int _disposed;

    private MiruClient(MiruClientOptions options)
    {
        var logger = (ILogger?)options.LoggerFactory?.CreateLogger<MiruClient>() ?? NullLogger.Instance;
        var connector = options.Connector ?? new UnixSocketConnector(options.SocketPath, options.AgentUserId);
        var sessions = new SessionSlot();
        _options = options;
        _requester = new(options, sessions, _status);
        _reconnector = new(options, connector, _feed, sessions, _status, logger);
        _running = Task.WhenAll(
            _reconnector.RunAsync(_status.Closed),
            _status.TellAsync(change => Tell(change, logger), logger));
    }

    /// <summary>
    /// Raised when <see cref="State"/> changes, on a thread of its own: handlers may block, and run one at a time.
    /// </summary>
    public event EventHandler<MiruStateChangedEventArgs>? StateChanged;

    /// <summary>Whether the client is in step with the agent.</summary>
    public MiruConnectionState State => _status.State;

    /// <summary>Why the client is not <see cref="MiruConnectionState.Live"/>; null if it is, or has not failed yet.</summary>
    public MiruException? LastError => _status.LastError;

    /// <summary>All configs at one sequence: one volatile read, no allocation, no lock.</summary>
    public MiruSnapshot Snapshot => _feed.Latest;

    /// <summary>
    /// Connects, and waits for a first snapshot unless <see cref="MiruClientOptions.WaitForAgent"/> is false.
    /// </summary>
    /// <param name="options">Null uses the defaults.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="MiruConnectionException">No snapshot within <see cref="MiruClientOptions.ConnectTimeout"/>.</exception>
    /// <exception cref="MiruProtocolException">The agent speaks no version this library speaks.</exception>
    /// <exception cref="MiruAccessDeniedException">
    /// This user may not open the socket, or may read no config. One who may still sync or see the status does so with
    /// <see cref="MiruClientOptions.WaitForAgent"/> false.
    /// </exception>
    /// <exception cref="MiruUntrustedAgentException">Whoever serves the socket is not the agent.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static async Task<MiruClient> ConnectAsync(
        MiruClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        options.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        var client = new MiruClient(options);
        try
        {
            if (options.WaitForAgent)
            {
                await client.WaitForAgentAsync(cancellationToken).ConfigureAwait(false);
            }

            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The config in this process, or null if there is none: one volatile read and a lookup, no I/O.</summary>
    /// <param name="slug">The config's name.</param>
    public MiruConfig? Current(string slug) => _feed.Latest.Find(slug);

    /// <summary>
    /// Asks the agent for one config and blocks until it answers. On Linux the calling thread writes to and reads from
    /// the socket itself, which is the fastest way to ask; many threads may ask at once. <see cref="Current"/> answers
    /// the same without asking.
    /// </summary>
    /// <param name="slug">The config's name.</param>
    /// <param name="cancellationToken">Gives up waiting; noticed within 20 ms.</param>
    /// <exception cref="MiruConfigNotFoundException">No config has this slug.</exception>
    /// <exception cref="MiruException">No answer within <see cref="MiruClientOptions.RequestTimeout"/>, or an error as answer.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed, before or meanwhile.</exception>
    public MiruConfig Get(string slug, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(slug);
        return _requester.Get(slug, cancellationToken);
    }

    /// <summary>Asks the agent for one config. <see cref="Current"/> answers the same without asking.</summary>
    /// <param name="slug">The config's name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="MiruConfigNotFoundException">No config has this slug.</exception>
    /// <exception cref="MiruException">No answer within <see cref="MiruClientOptions.RequestTimeout"/>, or an error as answer.</exception>
    public async Task<MiruConfig> GetAsync(string slug, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(slug);
        var (config, epoch) = await _requester.AskAsync<ConfigMessage>(new Get(slug), cancellationToken).ConfigureAwait(false);
        return SnapshotStaging.ToConfig(config, epoch);
    }

    /// <summary>Asks the agent which configs exist for this application, without their contents.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="MiruException">No answer within <see cref="MiruClientOptions.RequestTimeout"/>, or an error as answer.</exception>
    public async Task<IReadOnlyList<ConfigSummary>> ListAsync(CancellationToken cancellationToken = default)
    {
        var (listed, _) = await _requester.AskAsync<Listed>(new List(), cancellationToken).ConfigureAwait(false);
        return listed.Configs;
    }

    /// <summary>
    /// Has the agent ask the cloud now, and waits until what the cloud wanted is in the agent's store. New configs then arrive as always.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; the agent asks all the same.</param>
    /// <exception cref="MiruUnavailableException">The cloud cannot be reached now, or asked for patience; the message says which.</exception>
    /// <exception cref="MiruAccessDeniedException">No rule of the agent lets this user sync.</exception>
    /// <exception cref="MiruTimeoutException">It did not end within <see cref="MiruClientOptions.SyncTimeout"/>.</exception>
    /// <exception cref="MiruException">Any other failure, such as an agent that cannot do it.</exception>
    public async Task SyncAsync(CancellationToken cancellationToken = default) =>
        await _requester.AskAsync<Done>(new Sync(), Features.Sync, _options.SyncTimeout, cancellationToken).ConfigureAwait(false);

    /// <summary>How the agent is: itself, the cloud, the deployment and why another is not in place, the connected applications.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>One JSON object, as clause status-1 of docs/protocol.md has it. Members may be added.</returns>
    /// <exception cref="MiruAccessDeniedException">No rule of the agent lets this user see the status.</exception>
    /// <exception cref="MiruException">No answer within <see cref="MiruClientOptions.RequestTimeout"/>, or an error as answer.</exception>
    public async Task<string> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        var (status, _) = await _requester.AskAsync<StatusMessage>(
            new GetStatus(), Features.Status, _options.RequestTimeout, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(status.Json.Span);
    }

    /// <summary>
    /// The config now, as soon as there is one, then each newer version. Latest wins: a slow consumer skips versions
    /// (<see cref="MiruConfig.Superseded"/> counts them) and delays nobody. It lives through restarts of the agent and
    /// absence of the config; a removal delivers nothing here (see <see cref="WatchChangesAsync"/>), so the application
    /// keeps what it has. It ends only by cancellation or when the client is disposed.
    /// </summary>
    /// <param name="slug">The config's name; it need not exist yet.</param>
    /// <param name="cancellationToken">Ends the watch with an <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<MiruConfig> WatchAsync(
        string slug, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchChangesAsync(slug, cancellationToken).ConfigureAwait(false))
        {
            if (change.Config is { } config)
            {
                yield return config;
            }
        }
    }

    /// <summary>Like <see cref="WatchAsync"/>, and tells of removals too.</summary>
    /// <param name="slug">The config's name; it need not exist yet.</param>
    /// <param name="cancellationToken">Ends the watch with an <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<MiruChange> WatchChangesAsync(
        string slug, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(slug);
        MiruConfig? seen = null;
        await foreach (var snapshot in _feed.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (MiruConfigs.Between(slug, seen, snapshot) is { } change)
            {
                seen = change.Config;
                yield return change;
            }
        }
    }

    /// <summary>
    /// All configs now, as soon as the agent has answered, then again whenever a deployment changed any of them: for
    /// applications whose configs must fit together. Latest wins; ends only by cancellation or disposal.
    /// </summary>
    /// <param name="cancellationToken">Ends the watch with an <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<MiruSnapshot> WatchSnapshotsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<string, MiruConfig>? seen = null;
        await foreach (var snapshot in _feed.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (snapshot.Cursor is not null && (seen is null || MiruConfigs.Differ(seen, snapshot.Configs)))
            {
                seen = snapshot.Configs;
                yield return snapshot;
            }
        }
    }

    /// <summary>
    /// Closes the connection. Watches end, requests under way fail with <see cref="ObjectDisposedException"/>; the
    /// snapshot stays readable.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _status.Close();
            _status.Closing();
            _feed.Close();
        }

        await _running.ConfigureAwait(false);
    }

    // Here and not where it happens: an application's logger must not run on the thread that reads the socket.
    private void Tell(MiruStateChangedEventArgs change, ILogger logger)
    {
        if (change.State == MiruConnectionState.Live && Snapshot is { Cursor: { } cursor } snapshot)
        {
            Log.Connected(logger, _options.SocketPath, snapshot.Configs.Count, cursor.Sequence);
        }

        StateChanged?.Invoke(this, change);
    }

    private async Task WaitForAgentAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _reconnector.Ready.WaitAsync(_options.ConnectTimeout, _options.TimeProvider, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var cause = _status.LastError;
            throw new MiruConnectionException(
                $"No configs from the agent within {_options.ConnectTimeout.TotalSeconds:0.#} s. "
                + (cause?.Message ?? $"The agent at {_options.SocketPath} accepted the connection and sent no snapshot."),
                cause);
        }
    }
}
