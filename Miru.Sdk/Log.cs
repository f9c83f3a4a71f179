using Microsoft.Extensions.Logging;

namespace Miru.Sdk;

/// <summary>Everything the client logs, under stable event ids. Contents of configs are never among it.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Connected to the agent at {SocketPath}: {Configs} configs at sequence {Sequence}.")]
    public static partial void Connected(ILogger logger, string socketPath, int configs, long sequence);

    [LoggerMessage(2, LogLevel.Warning, "No connection to the agent at {SocketPath} ({ErrorCode}); next attempt in {PauseMs:0} ms.")]
    public static partial void Disconnected(
        ILogger logger, string socketPath, double pauseMs, string errorCode, Exception cause);

    [LoggerMessage(3, LogLevel.Error, "A StateChanged handler failed at {State}.")]
    public static partial void StateHandlerFailed(ILogger logger, MiruConnectionState state, Exception cause);

    [LoggerMessage(4, LogLevel.Warning, "Connected to the agent at {SocketPath}, which lets this user read no config.")]
    public static partial void NothingToRead(ILogger logger, string socketPath, Exception cause);
}
