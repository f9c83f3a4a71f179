using Miru.Protocol;
using Miru.Sdk.Transport;

namespace Miru.Agent.Tests.Simulation;

/// <summary>The application's end of a <see cref="SimulatedWire"/>, for the SDK's own session; it reads when the simulation says so.</summary>
/// <param name="wire">The connection.</param>
/// <param name="heard">Sees each message before the session does, which it does only on true.</param>
/// <param name="said">Sees each message that the session sends.</param>
internal sealed class SimulatedTransport(SimulatedWire wire, Predicate<Message> heard, Action<Message> said) : ITransport
{
    // Continuations run inside the simulation's step, on its thread.
    private readonly TaskCompletionSource _ended = new();
    private readonly ReceiveBuffer _received = new();
    private IReceiver? _receiver;
    private bool _closed;
    private bool _sent;

    public Task RunAsync(IReceiver receiver, CancellationToken cancellation)
    {
        _receiver = receiver;
        return _ended.Task;
    }

    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        said(MessageCodec.Decode(FrameReader.Read(frame.ToArray(), ProtocolLimits.MaxLength).Frame).Message!);
        wire.Send(frame);
        _sent = true;
        return true;
    }

    public ValueTask SendAsync(byte[] frame, CancellationToken cancellation)
    {
        TrySend(frame);
        return ValueTask.CompletedTask;
    }

    public bool SentSinceAsked()
    {
        var sent = _sent;
        _sent = false;
        return sent;
    }

    public void Close() => _closed = true;

    public void Dispose() => wire.Leave();

    /// <summary>Reads so many bytes, or as many as there are, and notices the end of the connection.</summary>
    public void Read(int most)
    {
        try
        {
            while (most > 0 && !_closed)
            {
                var room = _received.Room();
                var bytes = wire.Take(Math.Min(most, room.Length));
                if (bytes.Length == 0)
                {
                    break;
                }

                bytes.CopyTo(room);
                _received.Received(bytes.Length);
                most -= bytes.Length;
                while (!_closed && _received.TryTake(out var frame))
                {
                    if (heard(MessageCodec.Decode(frame).Message!))
                    {
                        _receiver!.Received(frame);
                    }
                }
            }

            if (_closed)
            {
                _ended.TrySetResult();
            }
            else if (wire.IsClosedByAgent)
            {
                _ended.TrySetException(new EndOfStreamException("the agent closed the connection"));
            }
        }
        catch (Exception cause)
        {
            _ended.TrySetException(cause);
        }
    }
}
