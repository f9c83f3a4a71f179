using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>Whether the peer still talks and still listens, counted in the common heartbeats.</summary>
internal sealed class Liveness(ConnectionTerms terms)
{
    private int _silentBeats;
    private int _stalledBeats;

    /// <summary>A message arrived.</summary>
    public void Heard() => _silentBeats = 0;

    /// <summary>A beat passed. Whether the peer accepted nothing for too long while bytes wait ([stall-1]).</summary>
    /// <param name="isStuck">Whether bytes wait and none was accepted since the last beat.</param>
    public bool IsStalled(bool isStuck)
    {
        _stalledBeats = isStuck ? _stalledBeats + 1 : 0;
        return _stalledBeats >= terms.StalledBeats;
    }

    /// <summary>A beat passed. Whether the peer said nothing for too long ([beat-1]).</summary>
    /// <param name="isReading">Whether the agent has been reading: silence counts only then.</param>
    public bool IsSilent(bool isReading)
    {
        _silentBeats = isReading ? _silentBeats + 1 : 0;
        return _silentBeats > ProtocolLimits.SilentIntervals;
    }
}
