namespace Miru.Protocol;

/// <summary>
/// A sign of life (clause beat-1). With a correlation it asks for one in return, <see cref="Pong"/>; without, nothing answers it.
/// </summary>
public sealed record Ping : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Ping;
}
