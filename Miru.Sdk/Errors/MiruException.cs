namespace Miru.Sdk;

/// <summary>What every failure of this library derives from. Decide by type or <see cref="ErrorCode"/>, never by text.</summary>
public abstract class MiruException : Exception
{
    private protected MiruException(string errorCode, bool isTransient, string message, Exception? cause = null)
        : base(message, cause)
    {
        ErrorCode = errorCode;
        IsTransient = isTransient;
    }

    /// <summary>The agent's code (see <see cref="Miru.Protocol.ErrorCodes"/>), or this library's own, stable and in snake_case.</summary>
    public string ErrorCode { get; }

    /// <summary>True if the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient { get; }
}
