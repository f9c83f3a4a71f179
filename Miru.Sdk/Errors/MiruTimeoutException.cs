namespace Miru.Sdk;

/// <summary>No answer in time: the agent is busy, stopped in a debugger, or gone. Its code is <c>timeout</c>.</summary>
public sealed class MiruTimeoutException : MiruException
{
    internal MiruTimeoutException(string message, Exception? cause = null)
        : base(Miru.Protocol.ErrorCodes.Timeout, isTransient: true, message, cause)
    {
    }
}
