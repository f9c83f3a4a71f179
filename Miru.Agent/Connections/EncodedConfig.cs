using Miru.Agent.Configs;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>A config as the frame that carries it. A short content lies beside its header, so that both are one piece for the socket.</summary>
/// <param name="Frame">The frame, without a correlation.</param>
internal sealed record EncodedConfig(OutgoingFrame Frame)
{
    /// <param name="version">What to carry.</param>
    /// <param name="superseded">How many older pushes it replaces.</param>
    public static EncodedConfig Of(ConfigVersion version, int superseded)
    {
        var header = EncodeHeader(new ConfigMessage(
            version.Slug,
            version.Sequence,
            version.Digest,
            version.DeploymentId,
            version.Release,
            version.Format,
            version.FilePath,
            superseded,
            version.Content));
        var start = ProtocolLimits.PreambleSize + header.Length;
        var isShort = start + version.Content.Length <= OutgoingFrame.MaxPrefix;
        var prefix = new byte[isShort ? start + version.Content.Length : start];
        FrameWriter.WritePreamble(prefix, FrameKind.Config, FrameFlags.None, 0, header.Length, version.Content.Length);
        header.CopyTo(prefix, ProtocolLimits.PreambleSize);
        if (isShort)
        {
            version.Content.Span.CopyTo(prefix.AsSpan(start));
        }

        return new EncodedConfig(new OutgoingFrame(prefix, isShort ? default : version.Content, 0));
    }

    // A path may be as long as a whole header. The content is what the application came for; the path is a courtesy.
    private static byte[] EncodeHeader(ConfigMessage message)
    {
        try
        {
            return MessageCodec.EncodeHeader(message);
        }
        catch (ArgumentException) when (message.Path is not null)
        {
            return MessageCodec.EncodeHeader(message with { Path = null });
        }
    }
}
