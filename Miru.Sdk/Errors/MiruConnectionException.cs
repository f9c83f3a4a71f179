namespace Miru.Sdk;

/// <summary>The agent cannot be reached, or the connection was lost. The client keeps trying; the message says what to check.</summary>
public sealed class MiruConnectionException : MiruException
{
    internal MiruConnectionException(string message, Exception? cause)
        : base("connection_failed", isTransient: true, message, cause)
    {
    }
}
