using Miru.Protocol;
using Miru.Sdk.Transport;

namespace Miru.Agent.Tests.Simulation;

/// <summary>
/// What holds on every connection, whoever is at its ends: pushes follow in sequence, and cost the demand that was given before they were
/// sent. Demand is counted where the agent writes: at the reader's end what it gives back while reading would hide an overdraft.
/// </summary>
internal sealed class PushOrder(string application)
{
    private readonly ReceiveBuffer _sent = new();
    private long _newest;
    private long _synced = -1;
    private int _demand;
    private bool _overdrawn;

    /// <summary>The application has said something.</summary>
    public void Said(Message message) => _demand += message is Demand demand ? demand.Count : 0;

    /// <summary>The agent has written so many bytes. On the agent's side nothing may be thrown: who reads throws it.</summary>
    public void Sent(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = _sent.Room().Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            bytes = bytes[count..];
            _sent.Received(count);
            while (_sent.TryTake(out var frame))
            {
                _demand += frame.Kind switch
                {
                    FrameKind.Welcome => ((Welcome)MessageCodec.Decode(frame).Message!).Demand,
                    FrameKind.Config or FrameKind.Removed => -1,
                    _ => 0,
                };
                _overdrawn |= _demand < 0;
            }
        }
    }

    /// <summary>The application hears something.</summary>
    public void Heard(Message message)
    {
        SimulationException.Require(!_overdrawn, $"{application}: more was pushed than asked for");
        switch (message)
        {
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
        _newest = sequence;
    }
}
