using Miru.Protocol;
using Miru.Sdk.Snapshots;

namespace Miru.Sdk.Requests;

/// <summary>
/// GET of one slug: its bytes, and the answer it had last. An answer with the same bytes gives the same config again,
/// undecoded and without a copy: configs are immutable, and most answers repeat the one before.
/// </summary>
internal sealed class Question(string slug)
{
    /// <summary>The largest content that is kept to compare with, in bytes.</summary>
    private const int MaxKept = 64 * 1024;

    private volatile Known? _known;

    /// <summary>The request as a frame, but for its correlation.</summary>
    public byte[] Frame { get; } = MessageCodec.Encode(new Get(slug), correlation: 1);

    public MiruConfig? Recall(in Frame frame, string epoch) =>
        _known is { } known
        && frame is { Kind: FrameKind.Config, Flags: 0 }
        && known.Config.Cursor.Epoch == epoch
        && frame.Header.Span.SequenceEqual(known.Header)
        && frame.Body.Span.SequenceEqual(known.Config.Content.Span)
            ? known.Config
            : null;

    public MiruConfig Learn(ConfigMessage message, ReadOnlySpan<byte> header, string epoch)
    {
        var config = SnapshotStaging.ToConfig(message, epoch);
        _known = config.Content.Length <= MaxKept ? new(header.ToArray(), config) : null;
        return config;
    }

    private sealed record Known(byte[] Header, MiruConfig Config);
}
