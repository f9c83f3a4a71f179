namespace Miru.Protocol;

/// <summary>An empty, successful answer.</summary>
public sealed record Done : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Done;
}
