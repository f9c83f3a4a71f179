using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>The application's end of a <see cref="ConnectionProtocol"/>: says messages and decodes what comes back.</summary>
internal sealed class ProtocolPeer
{
    public static readonly ConnectionTerms Terms = new("miru-agent/0.0.0", "dvc-1", Links.Default with { InitialDemand = 2 });

    public ProtocolPeer(ConfigSnapshot snapshot, ConnectionTerms? terms = null, AccessRights? rights = null) =>
        Protocol = new ConnectionProtocol(terms ?? Terms, new ConfigFrames(), rights ?? AccessRights.Everything, snapshot);

    public ConnectionProtocol Protocol { get; }

    public static ProtocolPeer Greeted(ConfigSnapshot snapshot, ConnectionTerms? terms = null, AccessRights? rights = null)
    {
        var peer = new ProtocolPeer(snapshot, terms, rights);
        peer.Say(new Hello([1], [], "test", "test/0"), 1);
        Assert.IsType<Welcome>(peer.Hear().Message);
        return peer;
    }

    public void Say(Message message, uint correlation = 0) => Protocol.OnMessage(message, correlation);

    /// <summary>The next frame; fails if there is none.</summary>
    public (Message Message, uint Correlation) Hear()
    {
        Assert.True(Protocol.TryTake(out var frame), "the agent has nothing to say");
        return Decode(frame);
    }

    /// <summary>Everything the agent has to say now.</summary>
    public List<(Message Message, uint Correlation)> HearAll()
    {
        var heard = new List<(Message, uint)>();
        while (Protocol.TryTake(out var frame))
        {
            heard.Add(Decode(frame));
        }

        return heard;
    }

    /// <summary>Nothing more may be said.</summary>
    public void HearNothing() => Assert.Empty(HearAll());

    public static (Message Message, uint Correlation) Decode(OutgoingFrame outgoing)
    {
        using var batch = new SendBatch(new SpareBuffer(SendBatch.Size));
        batch.Add(outgoing);
        var bytes = new MemoryStream();
        while (!batch.IsEmpty)
        {
            var unsent = batch.Unsent;
            bytes.Write(unsent.Span);
            batch.Sent(unsent.Length);
        }

        var read = FrameReader.Read(bytes.ToArray(), ProtocolLimits.MaxLength);
        Assert.Equal(FrameReadStatus.Frame, read.Status);
        Assert.Equal(bytes.Length, read.Length);
        var decoded = MessageCodec.Decode(read.Frame);
        return (decoded.Message!, read.Frame.Correlation);
    }
}
