namespace Miru.Protocol;

/// <summary>
/// What a frame means: a message, a violation, or neither, if the frame is of a kind this version does not know and may
/// be skipped (clause frame-4).
/// </summary>
public readonly record struct DecodeResult
{
    private DecodeResult(Message? message, Violation? violation)
    {
        Message = message;
        Violation = violation;
    }

    /// <summary>The message, or null.</summary>
    public Message? Message { get; }

    /// <summary>The broken clause, or null.</summary>
    public Violation? Violation { get; }

    /// <summary>True if the frame is to be skipped.</summary>
    public bool IsSkipped => Message is null && Violation is null;

    internal static DecodeResult Skipped => default;

    internal static DecodeResult Of(Message message) => new(message, null);

    internal static DecodeResult Broken(Violation violation) => new(null, violation);
}
