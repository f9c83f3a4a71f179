namespace Miru.Protocol;

/// <summary>Asks whether the agent is there (clause beat-1). Answered by <see cref="Pong"/>.</summary>
public sealed record Ping : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Ping;

    /// <inheritdoc/>
    public override bool Asks => true;
}
