using Miru.Protocol;
using Miru.Sdk.Connection;
using Miru.Sdk.Errors;
using Miru.Sdk.Snapshots;
using Miru.Sdk.Transport;

namespace Miru.Sdk.Requests;

/// <summary>
/// Asks until there is an answer or no time left. Every request of this protocol only reads, so one whose session was
/// lost is asked again over the next.
/// </summary>
internal sealed class Requester(MiruClientOptions options, SessionSlot sessions, ConnectionStatus status)
{
    private readonly QuestionCache _questions = new();

    /// <summary>Blocks until there is a config. The calling thread does all the work where it can.</summary>
    public MiruConfig Get(string slug, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(status.State == MiruConnectionState.Closed, typeof(MiruClient));
        cancellation.ThrowIfCancellationRequested();
        var patience = new Patience(options.TimeProvider, options.RequestTimeout, cancellation);
        if (sessions.Current is { CanLead: true } session)
        {
            var question = _questions[slug];
            try
            {
                var (config, other) = session.Ask(question, patience);
                return config ?? throw Unexpected(other, FrameKind.Get, cancellation);
            }
            catch (SessionLostException)
            {
                // Asked again below, over the next session.
            }
        }

        // There is no session, or none that a caller can read: this way waits. Blocking is safe, for nothing in it resumes
        // on the caller's context.
        var (answer, epoch) = AskAsync<ConfigMessage>(new Get(slug), null, patience.Remaining, cancellation).GetAwaiter().GetResult();
        return SnapshotStaging.ToConfig(answer, epoch);
    }

    /// <returns>The answer, and the epoch of the store that gave it.</returns>
    public Task<(TAnswer Answer, string Epoch)> AskAsync<TAnswer>(Message request, CancellationToken cancellation)
        where TAnswer : Message => AskAsync<TAnswer>(request, null, options.RequestTimeout, cancellation);

    /// <param name="request">The question.</param>
    /// <param name="feature">What the agent must have announced; null for what every agent can.</param>
    /// <param name="timeout">How long an answer may take.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The answer, and the epoch of the store that gave it.</returns>
    public async Task<(TAnswer Answer, string Epoch)> AskAsync<TAnswer>(
        Message request, string? feature, TimeSpan timeout, CancellationToken cancellation)
        where TAnswer : Message
    {
        ObjectDisposedException.ThrowIf(status.State == MiruConnectionState.Closed, typeof(MiruClient));
        using var deadline = new CancellationTokenSource(
            timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token, status.Closed);
        try
        {
            var (answer, epoch) = await AskUntilAsync(request, feature, either.Token).ConfigureAwait(false);
            return answer is TAnswer expected ? (expected, epoch) : throw Unexpected(answer, request.Kind, cancellation);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(status.Closed.IsCancellationRequested, typeof(MiruClient));
            throw Late(request.Kind, timeout);
        }
    }

    private async Task<(Message Answer, string Epoch)> AskUntilAsync(Message request, string? feature, CancellationToken cancellation)
    {
        while (true)
        {
            var session = await sessions.Session.WaitAsync(cancellation).ConfigureAwait(false);
            if (feature is not null && !session.Features.Contains(feature))
            {
                throw new MiruProtocolException(
                    ErrorCodes.ProtocolUnsupported, $"The agent at {options.SocketPath} does not offer '{feature}'. Upgrade miru-agent.");
            }

            try
            {
                return (await session.AskAsync(request, cancellation).ConfigureAwait(false), session.Epoch);
            }
            catch (SessionLostException)
            {
                // The slot is emptied before requests are failed, so this waits for the next session and does not spin.
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private Exception Unexpected(Message? answer, FrameKind asked, CancellationToken cancellation) => answer switch
    {
        ErrorMessage error => ErrorMapping.From(error, options.SocketPath),
        null when cancellation.IsCancellationRequested => new OperationCanceledException(cancellation),
        null => Late(asked, options.RequestTimeout),
        _ => new MiruProtocolException(
            ErrorCodes.ProtocolViolation, $"The agent answered {asked} with {answer.Kind}; please report it."),
    };

    private MiruException Late(FrameKind asked, TimeSpan timeout) => sessions.IsEmpty
        ? status.LastError ?? new MiruConnectionException($"Not connected to the agent at {options.SocketPath}.", null)
        : new MiruTimeoutException(
            $"The agent at {options.SocketPath} did not answer {asked} within {timeout.TotalSeconds:0.#} s.");
}
