namespace Miru.Protocol;

/// <summary>Asks for every config's name and digest, without contents. Answered by <see cref="Listed"/>.</summary>
public sealed record List : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.List;

    /// <inheritdoc/>
    public override bool Asks => true;
}
