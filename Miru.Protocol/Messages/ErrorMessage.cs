using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>A request failed, or the connection broke a clause (clauses frame-5 and error-1).</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>, or a code of a newer agent.</param>
/// <param name="Text">What happened and what to check, for a person.</param>
/// <param name="Clause">The broken clause, or null if none was.</param>
/// <param name="Retryable">True if the same request may succeed later.</param>
public sealed record ErrorMessage(string Code, string Text, string? Clause, bool Retryable) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Error;

    /// <summary>The answer to a violation; the connection closes after it.</summary>
    /// <param name="violation">What was broken.</param>
    public static ErrorMessage For(Violation violation)
    {
        ArgumentNullException.ThrowIfNull(violation);
        return new(ErrorCodes.ProtocolViolation, violation.Reason, violation.Clause, Retryable: false);
    }

    internal override void WriteHeader(JsonWriter json)
    {
        json.WriteMember("code", Code);
        json.WriteMember("message", Text);
        json.WriteOptionalMember("clause", Clause);
        json.WriteMember("retryable", Retryable);
    }

    internal static ErrorMessage Read(JsonMembers header) => new(
        header.String("code"), header.String("message"), header.OptionalString("clause"), header.Boolean("retryable"));
}
