namespace Miru.Sdk;

/// <summary>The agent cannot serve now, but will: <c>busy</c> or <c>not_ready</c>. Retry after a pause.</summary>
public sealed class MiruUnavailableException : MiruException
{
    internal MiruUnavailableException(string errorCode, string message)
        : base(errorCode, isTransient: true, message)
    {
    }
}
