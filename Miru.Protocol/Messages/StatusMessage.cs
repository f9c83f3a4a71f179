namespace Miru.Protocol;

/// <summary>Answers <see cref="GetStatus"/>. The status travels in the body, because it grows.</summary>
/// <param name="Json">One JSON object in UTF-8. After decoding a slice of the frame's buffer: copy to keep.</param>
public sealed record StatusMessage(ReadOnlyMemory<byte> Json) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Status;

    internal override ReadOnlyMemory<byte> EncodeBody() => Json;

    internal static StatusMessage Read(ReadOnlyMemory<byte> body)
    {
        JsonText.ParseObject(body.Span);
        return new(body);
    }
}
