using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>One frame's meaning. The set is closed: every kind that is not reserved has exactly one sealed record.</summary>
public abstract record Message
{
    private protected Message()
    {
    }

    /// <summary>The kind of frame that carries this message.</summary>
    public abstract FrameKind Kind { get; }

    /// <summary>True for a request: its frame needs a non-zero correlation, which the answer echoes (clause frame-6).</summary>
    public virtual bool Asks => false;

    internal virtual void WriteHeader(JsonWriter json)
    {
    }

    internal virtual ReadOnlyMemory<byte> EncodeBody() => ReadOnlyMemory<byte>.Empty;
}
