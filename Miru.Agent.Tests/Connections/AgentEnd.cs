using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Protocol;

namespace Miru.Agent.Tests.Connections;

/// <summary>The agent's end of a connection without its socket: any bytes go in, what the agent says comes out.</summary>
internal sealed class AgentEnd(ConfigSnapshot snapshot) : IDisposable
{
    private readonly ProtocolPeer _peer = new(snapshot);
    private readonly FrameAssembler _assembler = new(ProtocolLimits.HelloMaxLength, ProtocolLimits.DefaultAgentMaxLength, new ConfigFrames());

    /// <summary>All that was said so far; an HTTP refusal, which is no frame, left out.</summary>
    public List<Message> Said { get; } = [];

    /// <summary>Nothing more is read, and everything is said.</summary>
    public bool IsClosed => _peer.Protocol.IsFinished;

    public CloseReason? Reason => _peer.Protocol.Reason;

    /// <summary>Bytes of memory held for what has begun and is not whole.</summary>
    public int Held => _assembler.Held;

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        _assembler.Append(bytes);
        while (_peer.Protocol.WantsInput && _assembler.TryRead(out var inbound))
        {
            inbound.Apply(_peer.Protocol);
            if (Reason == CloseReason.Http)
            {
                _ = _peer.Protocol.TryTake(out _);
            }

            Said.AddRange(_peer.HearAll().Select(said => said.Message));
        }
    }

    public void Dispose() => _assembler.Dispose();
}
