namespace Miru.Protocol;

/// <summary>Carries a violation out of the depths of a decoder; <see cref="MessageCodec.Decode"/> turns it into a result.</summary>
internal sealed class ViolationException(string clause, string reason) : Exception(reason)
{
    public Violation Violation { get; } = new(clause, reason);
}
