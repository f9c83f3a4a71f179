namespace Miru.Sdk;

/// <summary>No config has this slug, or this application's user may not see it. Watching it waits for it instead.</summary>
public sealed class MiruConfigNotFoundException : MiruException
{
    internal MiruConfigNotFoundException(string message)
        : base(Miru.Protocol.ErrorCodes.ConfigNotFound, isTransient: false, message)
    {
    }
}
