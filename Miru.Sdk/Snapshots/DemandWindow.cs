using Miru.Protocol;

namespace Miru.Sdk.Snapshots;

/// <summary>
/// How many pushed frames to grant, and when (clause demand-1). Half a window is given back at once: one DEMAND for many
/// pushes, and never so late that the agent has to pause. Pure.
/// </summary>
internal sealed class DemandWindow
{
    private const int OwnWindow = 64;
    private readonly int _threshold;
    private int _consumed;

    public DemandWindow(int granted)
    {
        // An agent that grants nothing waits for us to begin.
        _threshold = granted > 0 ? Math.Max(1, granted / 2) : OwnWindow;
        _consumed = granted > 0 ? 0 : OwnWindow;
    }

    public void Consumed() => _consumed++;

    /// <summary>What is due; it stays due until <see cref="Granted"/>.</summary>
    public int Due => _consumed >= _threshold ? Math.Min(_consumed, ProtocolLimits.MaxDemand) : 0;

    public void Granted(int count) => _consumed -= count;
}
