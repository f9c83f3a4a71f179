namespace Miru.Protocol;

/// <summary>Answers <see cref="Ping"/>.</summary>
public sealed record Pong : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Pong;
}
