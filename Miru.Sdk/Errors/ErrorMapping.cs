using System.Net.Sockets;
using Miru.Protocol;

namespace Miru.Sdk.Errors;

/// <summary>Failures to exceptions a developer can act on. Pure.</summary>
internal static class ErrorMapping
{
    /// <summary>What the agent said.</summary>
    public static MiruException From(ErrorMessage error, string socketPath)
    {
        var clause = error.Clause is null ? "" : $" (clause {error.Clause} of docs/protocol.md)";
        var text = $"The agent at {socketPath} answered {error.Code}: {error.Text}{clause}";
        return error.Code switch
        {
            ErrorCodes.ProtocolUnsupported => new MiruProtocolException(
                error.Code, $"{text}. Upgrade the older of miru-agent and Miru.Sdk."),
            ErrorCodes.ProtocolViolation => new MiruProtocolException(error.Code, $"{text}. This is a bug; please report it."),
            ErrorCodes.ConfigNotFound => new MiruConfigNotFoundException(
                $"{text}. Check the slug against ListAsync, and this user's access rules."),
            ErrorCodes.AccessDenied => new MiruAccessDeniedException(
                $"{text}. User '{Environment.UserName}' may lack a group (id -nG) or an access rule of the agent."),
            ErrorCodes.Busy or ErrorCodes.NotReady => new MiruUnavailableException(error.Code, text),
            ErrorCodes.TooLarge => new MiruTooLargeException(text),
            ErrorCodes.Timeout => new MiruTimeoutException(text),
            _ => new MiruAgentException(error.Code, error.Retryable, $"{text}. See the agent's log: journalctl -u miru-agent."),
        };
    }

    /// <summary>What the socket said.</summary>
    public static MiruException From(Exception cause, string socketPath) => cause switch
    {
        MiruException known => known,
        PeerViolationException => new MiruProtocolException(
            ErrorCodes.ProtocolViolation, $"At {socketPath} {cause.Message}. This is a bug; please report it."),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new MiruAccessDeniedException(
            $"User '{Environment.UserName}' may not open {socketPath}. Does the user belong to group miru (id -nG)? "
            + "If not: sudo usermod -aG miru <user>, then log in again.",
            cause),
        SocketException socket => new MiruConnectionException(Explain(socket, socketPath), cause),
        IOException { InnerException: SocketException socket } => new MiruConnectionException(Explain(socket, socketPath), cause),
        _ => new MiruConnectionException($"The connection to the agent at {socketPath} was lost: {cause.Message}", cause),
    };

    private static string Explain(SocketException socket, string socketPath) => socket.SocketErrorCode switch
    {
        // A missing file arrives as ENOENT, which the runtime has no socket error for.
        SocketError.AddressNotAvailable or SocketError.SocketError =>
            $"There is no agent socket at {socketPath}. Is the agent running (systemctl status miru-agent)? "
            + $"Does {MiruClientOptions.SocketPathVariable} name the same path for agent and application?",
        SocketError.ConnectionRefused =>
            $"Nobody listens at {socketPath}: the agent is starting or has died (systemctl status miru-agent).",
        SocketError.WouldBlock or SocketError.TryAgain =>
            $"The agent at {socketPath} does not accept: its queue of connections is full (ss -xl | grep miru).",
        _ => $"The connection to the agent at {socketPath} failed: {socket.Message} ({socket.SocketErrorCode}). "
            + "Is the agent running (systemctl status miru-agent)?",
    };
}
