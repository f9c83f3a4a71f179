using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Miru.Sdk.Connection;

/// <summary>
/// The client's state and who wants to hear of it. Handlers run one after the other on a task of their own, never on the
/// connection's; one that falls 16 changes behind loses the oldest.
/// </summary>
internal sealed class ConnectionStatus
{
    private const int UnheardChanges = 16;

    private readonly Channel<MiruStateChangedEventArgs> _changes = Channel.CreateBounded<MiruStateChangedEventArgs>(
        new BoundedChannelOptions(UnheardChanges) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly CancellationTokenSource _closed = new();
    private volatile MiruException? _lastError;
    private volatile MiruConnectionState _state = MiruConnectionState.Connecting;

    public MiruConnectionState State => _state;

    /// <summary>Why the last attempt or connection failed; null while live.</summary>
    public MiruException? LastError => _lastError;

    /// <summary>Cancelled when the client is disposed.</summary>
    public CancellationToken Closed => _closed.Token;

    public void Live() => Move(MiruConnectionState.Live, null);

    /// <summary>An attempt or a connection failed. A client that never was live is still connecting.</summary>
    public void Lost(MiruException cause) =>
        Move(_state == MiruConnectionState.Connecting ? MiruConnectionState.Connecting : MiruConnectionState.Stale, cause);

    public void Close() => _closed.Cancel();

    /// <summary>The last change; after it nobody hears anything.</summary>
    public void Closing()
    {
        Move(MiruConnectionState.Closed, null);
        _changes.Writer.TryComplete();
    }

    public async Task TellAsync(Action<MiruStateChangedEventArgs> tell, ILogger logger)
    {
        await foreach (var change in _changes.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                tell(change);
            }
            catch (Exception failure)
            {
                Log.StateHandlerFailed(logger, change.State, failure);
            }
        }
    }

    private void Move(MiruConnectionState state, MiruException? cause)
    {
        _lastError = cause;
        if (_state != state)
        {
            _state = state;
            _changes.Writer.TryWrite(new(state, cause));
        }
    }
}
