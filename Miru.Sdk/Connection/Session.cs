using Miru.Protocol;
using Miru.Sdk.Errors;
using Miru.Sdk.Requests;
using Miru.Sdk.Snapshots;
using Miru.Sdk.Transport;

namespace Miru.Sdk.Connection;

/// <summary>One connection, from HELLO until it ends; every end is an exception that says why.</summary>
internal sealed class Session(ITransport transport, MiruClientOptions options, MiruSnapshot known) : IReceiver, IDisposable
{
    private const uint HelloCorrelation = PendingRequests.Reserved;
    private const uint WatchCorrelation = PendingRequests.Reserved + 1;

    private static readonly string Sdk = $"dotnet/{typeof(Session).Assembly.GetName().Version?.ToString(3)}";

    private static readonly byte[] SignOfLife = MessageCodec.Encode(new Ping());

    private readonly PendingRequests _pending = new();
    private readonly SnapshotStaging _staging = new(known);
    private readonly SemaphoreSlim _inFlight = new(ProtocolLimits.MaxInFlight);
    private readonly CancellationTokenSource _stop = new();
    private Silence? _silence;
    private DemandWindow? _demand;
    private BlockedAnswer? _spare;
    private Action? _opened;
    private Action<MiruSnapshot>? _synced;
    private Action<MiruException>? _unwatched;
    private Action? _closing;
    private Exception? _cause;

    /// <summary>The life of the store behind this session.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>What the agent announced: a kind of another feature is never sent.</summary>
    public IReadOnlyList<string> Features { get; private set; } = [];

    /// <summary>Whether <see cref="Ask"/> works: callers can read this session's transport.</summary>
    public bool CanLead => transport is SocketTransport;

    bool IReceiver.IsAwaited => _pending.HasPromises;

    /// <summary>Serves the connection until it ends.</summary>
    /// <param name="opened">The agent has greeted: requests may be asked.</param>
    /// <param name="synced">A whole snapshot has arrived.</param>
    /// <param name="unwatched">The agent lets this user read nothing. The session goes on: there may be other things it may do.</param>
    /// <param name="closing">No more requests, please; called before those under way fail.</param>
    /// <param name="cancellation">Ends the session.</param>
    /// <returns>Why it ended.</returns>
    public async Task<Exception> RunAsync(
        Action opened, Action<MiruSnapshot> synced, Action<MiruException> unwatched, Action closing, CancellationToken cancellation)
    {
        (_opened, _synced, _unwatched, _closing) = (opened, synced, unwatched, closing);
        using var cancelled = cancellation.Register(() => End(new OperationCanceledException(cancellation)));
        using var silence = _silence = new Silence(transport, options.TimeProvider, options.RequestTimeout, End);
        transport.TrySend(MessageCodec.Encode(
            new Hello([ProtocolLimits.Version], [], options.ApplicationName, Sdk), HelloCorrelation));
        try
        {
            await transport.RunAsync(this, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            End(cause);
        }

        return _cause!;
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <exception cref="SessionLostException">The session ended first; asking again over the next one is safe.</exception>
    public async Task<Message> AskAsync(Message request, CancellationToken cancellation)
    {
        await _inFlight.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var answer = new PromisedAnswer();
            var correlation = _pending.Add(answer);
            try
            {
                await transport.SendAsync(MessageCodec.Encode(request, correlation), cancellation).ConfigureAwait(false);
                return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (IOException closed)
            {
                End(closed);
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

    /// <summary>
    /// Asks for a config and blocks until the answer; the calling thread reads the socket itself if nobody else does.
    /// </summary>
    /// <returns>The config, another answer, or neither if patience was over first.</returns>
    /// <exception cref="SessionLostException">The session ended first; asking again over the next one is safe.</exception>
    public (MiruConfig? Config, Message? Other) Ask(Question question, in Patience patience)
    {
        while (!_inFlight.Wait(SocketTransport.Slice))
        {
            if (patience.IsOver)
            {
                return default;
            }
        }

        try
        {
            return AskInTurn(question, patience);
        }
        finally
        {
            _inFlight.Release();
        }
    }

    // _stop is left to the collector: it owns no timer, and the thread that ends the session may still be inside it.
    public void Dispose() => transport.Dispose();

    /// <summary>The first reason to end is the reason; what follows from it is not.</summary>
    private void End(Exception cause)
    {
        if (Interlocked.CompareExchange(ref _cause, cause, null) is null)
        {
            _closing?.Invoke();
            transport.Close();
            _stop.Cancel();
            _pending.End(cause);
        }
    }

    private (MiruConfig? Config, Message? Other) AskInTurn(Question question, in Patience patience)
    {
        var answer = (Interlocked.Exchange(ref _spare, null) ?? new BlockedAnswer()).To(question);
        var correlation = _pending.Add(answer);
        try
        {
            // Few slugs are long; those that are may allocate.
            Span<byte> request = question.Frame.Length <= 256 ? stackalloc byte[question.Frame.Length] : new byte[question.Frame.Length];
            question.Frame.CopyTo(request);
            FrameWriter.SetCorrelation(request, correlation);
            if (!((SocketTransport)transport).Ask(request, answer, patience))
            {
                return default;
            }
        }
        catch (Exception cause) when (cause is not ThreadInterruptedException)
        {
            End(cause);
        }
        finally
        {
            _pending.Forget(correlation);
        }

        var result = (answer.Config, answer.Other);
        if (result is (null, null))
        {
            throw new SessionLostException(_cause!);
        }

        // Forgotten and done: nobody else holds it any more.
        _spare = answer;
        return result;
    }

    void IReceiver.Received(in Frame frame)
    {
        _silence!.Broken();
        if (frame.Correlation is > 0 and < PendingRequests.Reserved && _pending.TryRecall(frame, Epoch))
        {
            return;
        }

        var decoded = MessageCodec.Decode(frame);
        if (decoded.Violation is { } violation)
        {
            throw new PeerViolationException(violation);
        }

        if (decoded.IsSkipped)
        {
            return;
        }

        if (_demand is null)
        {
            Open(decoded.Message!);
            _opened!();
        }
        else if (frame.Correlation == WatchCorrelation && decoded.Message is not ErrorMessage)
        {
            Push(Detach(decoded.Message!));
        }
        else
        {
            Take(frame, Detach(decoded.Message!));
        }
    }

    private void Open(Message message)
    {
        switch (message)
        {
            case Welcome { Protocol: ProtocolLimits.Version } welcome:
                Epoch = welcome.Head.Epoch;
                Features = welcome.Features;
                _demand = new DemandWindow(welcome.Demand);
                _silence!.Every(welcome.HeartbeatInterval);
                transport.TrySend(MessageCodec.Encode(Watch.Everything(known.Cursor), WatchCorrelation));
                Replenish();
                break;
            case ErrorMessage error:
                throw ErrorMapping.From(error, options.SocketPath);
            default:
                throw new PeerViolationException(Clauses.Hello1, $"{message.Kind} came in place of WELCOME");
        }
    }

    private void Push(Message message)
    {
        if (_staging.Take(message) is { } snapshot)
        {
            _synced!(snapshot);
        }

        if (message is ConfigMessage or Removed)
        {
            _demand!.Consumed();
            Replenish();
        }
    }

    private void Take(in Frame frame, Message message)
    {
        switch (message)
        {
            case Heartbeat:
                Beat();
                break;
            case Goodbye goodbye:
                throw new GoodbyeException(goodbye.ReconnectAfter);
            case ErrorMessage { Code: ErrorCodes.AccessDenied } denied when frame.Correlation == WatchCorrelation:
                _unwatched!(ErrorMapping.From(denied, options.SocketPath));
                break;
            case ErrorMessage error when frame.Correlation is 0 or >= PendingRequests.Reserved:
                throw ErrorMapping.From(error, options.SocketPath);
            case { Kind: < FrameKind.Welcome }:
                throw new PeerViolationException(Clauses.Frame5, $"{message.Kind} is for the application to send");
            default:
                _pending.Answer(frame.Correlation, message, frame.Header.Span, Epoch);
                break;
        }
    }

    private void Beat()
    {
        _silence!.Beat();
        if (!transport.SentSinceAsked())
        {
            // Without a correlation: an answer would wake this application once more, and say nothing new.
            transport.TrySend(SignOfLife);
        }

        Replenish();
    }

    // Never waits: what does not fit the queue now stays due, and the next heartbeat tries again.
    private void Replenish()
    {
        if (_demand!.Due is > 0 and var due && transport.TrySend(MessageCodec.Encode(new Demand(due))))
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
