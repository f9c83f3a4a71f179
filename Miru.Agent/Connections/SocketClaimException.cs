namespace Miru.Agent.Connections;

/// <summary>The socket path cannot be served on; the message says what stands in the way and what to do.</summary>
internal sealed class SocketClaimException(string message, Exception? cause = null) : Exception(message, cause);
