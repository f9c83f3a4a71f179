namespace Miru.Sdk;

/// <summary>This application's user may not do this: check its groups and the agent's access rules.</summary>
public sealed class MiruAccessDeniedException : MiruException
{
    internal MiruAccessDeniedException(string message, Exception? cause = null)
        : base(Miru.Protocol.ErrorCodes.AccessDenied, isTransient: false, message, cause)
    {
    }
}
