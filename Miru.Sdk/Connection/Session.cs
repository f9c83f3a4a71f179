using Miru.Protocol;
using Miru.Sdk.Errors;
using Miru.Sdk.Requests;
using Miru.Sdk.Snapshots;

namespace Miru.Sdk.Connection;

/// <summary>One connection, from HELLO until it ends; every end is an exception that says why.</summary>
internal sealed class Session(Stream stream, MiruClientOptions options, MiruSnapshot known) : IDisposable
{
    private const uint HelloCorrelation = PendingRequests.Reserved;
    private const uint WatchCorrelation = PendingRequests.Reserved + 1;
    private const uint PingCorrelation = PendingRequests.Reserved + 2;

    private static readonly string Sdk = $"dotnet/{typeof(Session).Assembly.GetName().Version?.ToString(3)}";

    private readonly FrameSource _source = new(stream);
    private readonly FrameSink _sink = new(stream);
    private readonly PendingRequests _pending = new();
    private readonly SnapshotStaging _staging = new(known);
    private readonly SemaphoreSlim _inFlight = new(ProtocolLimits.MaxInFlight);
    private readonly CancellationTokenSource _stop = new();
    private Silence? _silence;
    private DemandWindow? _demand;
    private Action? _closing;
    private Exception? _cause;

    /// <summary>The life of the store behind this session.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>Serves the connection until it ends.</summary>
    /// <param name="opened">The agent has greeted: requests may be asked.</param>
    /// <param name="synced">A whole snapshot has arrived.</param>
    /// <param name="closing">No more requests, please; called before those under way fail.</param>
    /// <param name="cancellation">Ends the session.</param>
    /// <returns>Why it ended.</returns>
    public async Task<Exception> RunAsync(
        Action opened, Action<MiruSnapshot> synced, Action closing, CancellationToken cancellation)
    {
        _closing = closing;
        using var cancelled = cancellation.Register(() => End(new OperationCanceledException(cancellation)));
        using var silence = _silence = new Silence(options.TimeProvider, options.RequestTimeout, End);
        await Task.WhenAll(
            EndingAsync(ReadAsync(opened, synced)),
            EndingAsync(_sink.RunAsync(_stop.Token))).ConfigureAwait(false);
        return _cause!;
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="SessionLostException">The session ended first; asking again over the next one is safe.</exception>
    public async Task<Message> AskAsync(Message request, CancellationToken cancellation)
    {
        await _inFlight.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var (correlation, answer) = _pending.Add();
            try
            {
                await _sink.SendAsync(MessageCodec.Encode(request, correlation), cancellation).ConfigureAwait(false);
                return await answer.WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (System.Threading.Channels.ChannelClosedException closed)
            {
                throw new SessionLostException(closed);
            }
            finally
            {
                _pending.Forget(correlation);
            }
        }
        finally
        {
            _inFlight.Release();
        }
    }

    // _stop is left to the collector: it owns no timer, and the thread that ends the session may still be inside it.
    public void Dispose() => stream.Dispose();

    /// <summary>The first reason to end is the reason; what follows from it is not.</summary>
    private void End(Exception cause)
    {
        if (Interlocked.CompareExchange(ref _cause, cause, null) is null)
        {
            _closing?.Invoke();
            _sink.Close();
            _stop.Cancel();
            _pending.End(cause);
        }
    }

    private async Task EndingAsync(Task side)
    {
        try
        {
            await side.ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            End(cause);
        }
    }

    private async Task ReadAsync(Action opened, Action<MiruSnapshot> synced)
    {
        _sink.TrySend(MessageCodec.Encode(
            new Hello([ProtocolLimits.Version], [], options.ApplicationName, Sdk), HelloCorrelation));
        while (true)
        {
            var frame = await _source.ReadAsync(_stop.Token).ConfigureAwait(false);
            _silence!.Broken();
            var decoded = MessageCodec.Decode(frame);
            if (decoded.Violation is { } violation)
            {
                throw new PeerViolationException(violation);
            }

            if (decoded.IsSkipped)
            {
                continue;
            }

            if (_demand is null)
            {
                Open(decoded.Message!);
                opened();
            }
            else if (frame.Correlation == WatchCorrelation && decoded.Message is not ErrorMessage)
            {
                Push(Detach(decoded.Message!), synced);
            }
            else
            {
                Take(frame.Correlation, Detach(decoded.Message!));
            }
        }
    }

    private void Open(Message message)
    {
        switch (message)
        {
            case Welcome { Protocol: ProtocolLimits.Version } welcome:
                Epoch = welcome.Head.Epoch;
                _demand = new DemandWindow(welcome.Demand);
                _silence!.Every(welcome.HeartbeatInterval);
                _sink.TrySend(MessageCodec.Encode(Watch.Everything(known.Cursor), WatchCorrelation));
                Replenish();
                break;
            case ErrorMessage error:
                throw ErrorMapping.From(error, options.SocketPath);
            default:
                throw new PeerViolationException(Clauses.Hello1, $"{message.Kind} came in place of WELCOME");
        }
    }

    private void Push(Message message, Action<MiruSnapshot> synced)
    {
        if (_staging.Take(message) is { } snapshot)
        {
            synced(snapshot);
        }

        if (message is ConfigMessage or Removed)
        {
            _demand!.Consumed();
            Replenish();
        }
    }

    private void Take(uint correlation, Message message)
    {
        switch (message)
        {
            case Heartbeat when !_sink.SentSinceAsked():
                _sink.TrySend(MessageCodec.Encode(new Ping(), PingCorrelation));
                Replenish();
                break;
            case Heartbeat:
                Replenish();
                break;
            case Goodbye goodbye:
                throw new GoodbyeException(goodbye.ReconnectAfter);
            case ErrorMessage error when correlation is 0 or >= PendingRequests.Reserved:
                throw ErrorMapping.From(error, options.SocketPath);
            case { Kind: < FrameKind.Welcome }:
                throw new PeerViolationException(Clauses.Frame5, $"{message.Kind} is for the application to send");
            default:
                _pending.Answer(correlation, message);
                break;
        }
    }

    // Never waits: what does not fit the queue now stays due, and the next heartbeat tries again.
    private void Replenish()
    {
        if (_demand!.Due is > 0 and var due && _sink.TrySend(MessageCodec.Encode(new Demand(due))))
        {
            _demand.Granted(due);
        }
    }

    private static Message Detach(Message message) => message switch
    {
        ConfigMessage config => config with { Content = config.Content.ToArray() },
        StatusMessage status => status with { Json = status.Json.ToArray() },
        _ => message,
    };
}
