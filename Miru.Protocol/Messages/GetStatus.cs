namespace Miru.Protocol;

/// <summary>Asks for the state of agent, cloud and deployment. Answered by <see cref="StatusMessage"/>.</summary>
public sealed record GetStatus : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.GetStatus;

    /// <inheritdoc/>
    public override bool Asks => true;
}
