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

    private OutgoingFrame _synced;
    private long _syncedSequence = -1;

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
        var encoded = superseded == 0 ? Shared(version) : EncodedConfig.Of(version, superseded);
        return encoded.Frame with { Correlation = correlation };
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

    private static EncodedConfig Shared(ConfigVersion version)
    {
        if (version.Memo.Held is not EncodedConfig encoded)
        {
            version.Memo.Held = encoded = EncodedConfig.Of(version, superseded: 0);
        }

        return encoded;
    }
}
