namespace Miru.Protocol;

/// <summary>Asks the agent to ask the cloud now. Answered by <see cref="Done"/>.</summary>
public sealed record Sync : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Sync;

    /// <inheritdoc/>
    public override bool Asks => true;
}
