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

    private readonly ConditionalWeakTable<ConfigVersion, EncodedConfig> _encoded = new();

    // The table's look-up goes through the collector's handles; a place in front of it remembers what came last and keeps nothing alive.
    private readonly WeakReference<EncodedConfig>?[] _recent = new WeakReference<EncodedConfig>?[Places];
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

    private EncodedConfig Shared(ConfigVersion version)
    {
        ref var recent = ref _recent[RuntimeHelpers.GetHashCode(version) % Places];
        if (recent is not null && recent.TryGetTarget(out var known) && ReferenceEquals(known.Version, version))
        {
            return known;
        }

        var encoded = _encoded.GetValue(version, static shared => EncodedConfig.Of(shared, superseded: 0));
        recent ??= new WeakReference<EncodedConfig>(encoded);
        recent.SetTarget(encoded);
        return encoded;
    }
}
