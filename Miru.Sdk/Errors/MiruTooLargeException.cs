namespace Miru.Sdk;

/// <summary>A request or config is over its size limit. Retrying does not help.</summary>
public sealed class MiruTooLargeException : MiruException
{
    internal MiruTooLargeException(string message)
        : base(Miru.Protocol.ErrorCodes.TooLarge, isTransient: false, message)
    {
    }
}
