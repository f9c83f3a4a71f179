using Miru.Protocol;

namespace Miru.Agent.Tests.Simulation;

/// <summary>What holds on every connection, whoever is at its ends: pushes follow in sequence and cost the demand that was given.</summary>
internal sealed class PushOrder(string application)
{
    private long _newest;
    private long _synced = -1;
    private int _demand;

    public void Said(Message message) => _demand += message is Demand demand ? demand.Count : 0;

    public void Heard(Message message)
    {
        switch (message)
        {
            case Welcome welcome:
                _demand += welcome.Demand;
                break;
            case ConfigMessage config:
                Push(config.Sequence);
                break;
            case Removed removed:
                Push(removed.Sequence);
                break;
            case Synced synced:
                SimulationException.Require(synced.Sequence > _synced, $"{application}: SYNCED {synced.Sequence} after {_synced}");
                SimulationException.Require(synced.Sequence >= _newest, $"{application}: SYNCED {synced.Sequence} after a push of {_newest}");
                _synced = synced.Sequence;
                break;
        }
    }

    private void Push(long sequence)
    {
        SimulationException.Require(sequence >= _newest, $"{application}: pushed {sequence} after {_newest}");
        SimulationException.Require(--_demand >= 0, $"{application}: more was pushed than asked for");
        _newest = sequence;
    }
}
