using Miru.Protocol;
using Miru.Sdk.Connection;
using Miru.Sdk.Errors;

namespace Miru.Sdk.Requests;

/// <summary>
/// Asks until there is an answer or no time left. Every request of this protocol only reads, so one whose session was
/// lost is asked again over the next.
/// </summary>
internal sealed class Requester(MiruClientOptions options, SessionSlot sessions, ConnectionStatus status)
{
    /// <returns>The answer, and the epoch of the store that gave it.</returns>
    public async Task<(TAnswer Answer, string Epoch)> AskAsync<TAnswer>(Message request, CancellationToken cancellation)
        where TAnswer : Message
    {
        ObjectDisposedException.ThrowIf(status.State == MiruConnectionState.Closed, typeof(MiruClient));
        using var deadline = new CancellationTokenSource(options.RequestTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token, status.Closed);
        try
        {
            var (answer, epoch) = await AskUntilAsync(request, either.Token).ConfigureAwait(false);
            return answer switch
            {
                TAnswer expected => (expected, epoch),
                ErrorMessage error => throw ErrorMapping.From(error, options.SocketPath),
                _ => throw new MiruProtocolException(
                    ErrorCodes.ProtocolViolation, $"The agent answered {request.Kind} with {answer.Kind}; please report it."),
            };
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(status.Closed.IsCancellationRequested, typeof(MiruClient));
            throw Late(request);
        }
    }

    private async Task<(Message Answer, string Epoch)> AskUntilAsync(Message request, CancellationToken cancellation)
    {
        while (true)
        {
            var session = await sessions.Session.WaitAsync(cancellation).ConfigureAwait(false);
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

    private MiruException Late(Message request) => sessions.IsEmpty
        ? status.LastError ?? new MiruConnectionException($"Not connected to the agent at {options.SocketPath}.", null)
        : new MiruTimeoutException(
            $"The agent at {options.SocketPath} did not answer {request.Kind} within {options.RequestTimeout.TotalSeconds:0.#} s.");
}
