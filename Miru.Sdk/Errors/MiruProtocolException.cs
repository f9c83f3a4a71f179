namespace Miru.Sdk;

/// <summary>Agent and SDK do not understand each other: <c>protocol_unsupported</c> (upgrade the older one) or <c>protocol_violation</c> (a bug: report it).</summary>
public sealed class MiruProtocolException : MiruException
{
    internal MiruProtocolException(string errorCode, string message)
        : base(errorCode, isTransient: false, message)
    {
    }
}
