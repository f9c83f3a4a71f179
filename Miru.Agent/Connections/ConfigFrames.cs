using System.Runtime.CompilerServices;
using Miru.Agent.Configs;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// What the connections of one listener work out once for all of them: requests parsed, CONFIG and SYNCED frames encoded, and the buffers
/// of a turn. A CONFIG frame lives exactly as long as the version it encodes. For the listener's thread alone.
/// </summary>
internal sealed class ConfigFrames
{
    private const int InputSize = 4096;
    private const int Places = 64;

    private readonly ConditionalWeakTable<ConfigVersion, byte[]> _prefixes = new();
    private OutgoingFrame _synced;
    private long _syncedSequence = -1;

    // The table's look-up goes through the collector's handles; a place in front of it remembers what came last and keeps no content alive.
    private readonly Recent[] _recent = new Recent[Places];

    /// <summary>Requests that were parsed before.</summary>
    public RequestMemo Requests { get; } = new();

    /// <summary>For what is read in one go.</summary>
    public SpareBuffer InputBuffers { get; } = new(InputSize);

    /// <summary>For what is written in one go.</summary>
    public SpareBuffer OutputBuffers { get; } = new(SendBatch.Size);

    /// <summary>The frame that carries <paramref name="version"/>.</summary>
    /// <param name="version">What to send.</param>
    /// <param name="correlation">Of the GET it answers or the WATCH it is pushed for.</param>
    /// <param name="superseded">How many older pushes it replaces; only 0, the usual case, is shared.</param>
    public OutgoingFrame Of(ConfigVersion version, uint correlation, int superseded = 0)
    {
        var prefix = superseded == 0
            ? Shared(version)
            : Encode(version, superseded);
        return new OutgoingFrame(prefix, version.Content, correlation);
    }

    /// <summary>The frame that ends a sequence: all watchers come by the same one at the same time.</summary>
    public OutgoingFrame Synced(long sequence, uint correlation)
    {
        if (_syncedSequence != sequence)
        {
            (_syncedSequence, _synced) = (sequence, OutgoingFrame.Of(new Synced(sequence)));
        }

        return _synced with { Correlation = correlation };
    }

    private byte[] Shared(ConfigVersion version)
    {
        ref var recent = ref _recent[RuntimeHelpers.GetHashCode(version) % Places];
        if (recent.Version is not null && recent.Version.TryGetTarget(out var known) && ReferenceEquals(known, version))
        {
            return recent.Prefix;
        }

        recent.Prefix = _prefixes.GetValue(version, static shared => Encode(shared, superseded: 0));
        recent.Version ??= new WeakReference<ConfigVersion>(version);
        recent.Version.SetTarget(version);
        return recent.Prefix;
    }

    private static byte[] Encode(ConfigVersion version, int superseded)
    {
        var message = new ConfigMessage(
            version.Slug,
            version.Sequence,
            version.Digest,
            version.DeploymentId,
            version.Release,
            version.Format,
            version.FilePath,
            superseded,
            version.Content);
        var header = EncodeHeader(message);
        var prefix = new byte[ProtocolLimits.PreambleSize + header.Length];
        FrameWriter.WritePreamble(prefix, FrameKind.Config, FrameFlags.None, 0, header.Length, version.Content.Length);
        header.CopyTo(prefix.AsSpan(ProtocolLimits.PreambleSize));
        return prefix;
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

    private struct Recent
    {
        public WeakReference<ConfigVersion>? Version;
        public byte[] Prefix;
    }
}
