namespace Miru.Sdk;

/// <summary>The agent failed: <c>storage_failed</c>, <c>internal</c>, or a code this version does not know. Its log has the cause.</summary>
public sealed class MiruAgentException : MiruException
{
    internal MiruAgentException(string errorCode, bool isTransient, string message)
        : base(errorCode, isTransient, message)
    {
    }
}
