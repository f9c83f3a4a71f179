using Microsoft.Extensions.Logging;
using Miru.Protocol;
using Miru.Sdk.Errors;
using Miru.Sdk.Requests;
using Miru.Sdk.Snapshots;
using Miru.Sdk.Transport;

namespace Miru.Sdk.Connection;

/// <summary>
/// Keeps one session after another, for ever: whatever a dying, starting, absent or broken agent causes is one more
/// reason to come back, after a pause that grows.
/// </summary>
internal sealed class Reconnector(
    MiruClientOptions options, IConnector connector, SnapshotFeed feed, SessionSlot sessions, ConnectionStatus status, ILogger logger)
{
    private readonly Backoff _backoff = new(options.MinBackoff, options.MaxBackoff, options.Random);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _syncedAt;
    private int _failures;

    /// <summary>Ends well with the first snapshot, and with the agent's refusal if waiting will not change it.</summary>
    public Task Ready => _ready.Task;

    public async Task RunAsync(CancellationToken cancellation)
    {
        // Whoever called ConnectAsync gets its thread back.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!cancellation.IsCancellationRequested)
        {
            var cause = await ConnectOnceAsync(cancellation).ConfigureAwait(false);
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            var failure = ErrorMapping.From(cause, options.SocketPath);
            Failed(failure);
            if (_syncedAt is { } since && options.TimeProvider.GetElapsedTime(since) >= options.MaxBackoff)
            {
                // Only a connection that lasted starts the pauses anew: one that dies at once must not be made in a tight loop.
                _failures = 0;
            }

            _syncedAt = null;
            var pause = _backoff.Delay(_failures, cause is GoodbyeException goodbye ? goodbye.ReconnectAfter : TimeSpan.Zero);
            Log.Disconnected(logger, options.SocketPath, pause.TotalMilliseconds, failure.ErrorCode, failure);
            _failures++;
            await Task.Delay(pause, options.TimeProvider, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Exception> ConnectOnceAsync(CancellationToken cancellation)
    {
        try
        {
            var transport = await connector.ConnectAsync(cancellation).ConfigureAwait(false);
            using var session = new Session(transport, options, feed.Latest);
            return await session.RunAsync(() => sessions.Put(session), Synced, Unwatched, sessions.Clear, cancellation).ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            return cause;
        }
    }

    private void Failed(MiruException failure)
    {
        status.Lost(failure);
        if (failure.ErrorCode is ErrorCodes.ProtocolUnsupported or ErrorCodes.AccessDenied or MiruUntrustedAgentException.Code
            && _ready.TrySetException(failure))
        {
            // Observed here: with WaitForAgent off nobody else looks.
            _ = _ready.Task.Exception;
        }
    }

    private void Unwatched(MiruException denied)
    {
        _syncedAt ??= options.TimeProvider.GetTimestamp();
        Failed(denied);
        Log.NothingToRead(logger, options.SocketPath, denied);
    }

    private void Synced(MiruSnapshot snapshot)
    {
        _syncedAt ??= options.TimeProvider.GetTimestamp();
        feed.Publish(snapshot);
        if (status.State != MiruConnectionState.Live)
        {
            status.Live();
        }

        _ready.TrySetResult();
    }
}
