using FsCheck;
using FsCheck.Fluent;
using Miru.Agent.Connections;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>Bytes nobody should send: a conversation with damage anywhere in it, cut into pieces of any size.</summary>
[Trait("Clause", "frame-5")]
public sealed class HostileInputProperties
{
    private static readonly byte[] Conversation =
    [
        .. MessageCodec.Encode(new Hello([1], ["x"], "test", "test/0"), 1),
        .. MessageCodec.Encode(new Get("a"), 2),
        .. MessageCodec.Encode(Watch.Everything(new Cursor("e1", 1)), 3),
        .. MessageCodec.Encode(new Watch(["a", "b"], false, null), 4),
        .. MessageCodec.Encode(new Demand(9)),
        .. MessageCodec.Encode(new Unwatch(["a"], false), 5),
        .. MessageCodec.Encode(new List(), 6),
        .. MessageCodec.Encode(new Ping(), 7),
    ];

    [Fact]
    public void Damage_is_answered_with_one_last_error_or_not_noticed_at_all()
    {
        var damage = Gen.Zip(Gen.Choose(0, Conversation.Length - 1), Gen.Choose(0, 255)).ListOf();
        var pieces = Gen.Choose(1, Conversation.Length);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5000),
            Prop.ForAll(Gen.Zip(damage, pieces).ToArbitrary(), input => Run(Damaged(input.Item1), input.Item2)));
    }

    private static byte[] Damaged(IEnumerable<(int At, int Value)> damage)
    {
        var bytes = (byte[])Conversation.Clone();
        foreach (var (at, value) in damage)
        {
            bytes[at] = (byte)value;
        }

        return bytes;
    }

    private static void Run(byte[] bytes, int pieceSize)
    {
        var store = new Snapshots();
        store.Publish("a", "b");
        using var agent = new AgentEnd(store.Publish("a"));
        foreach (var piece in bytes.Chunk(pieceSize))
        {
            agent.Receive(piece);
        }

        if (agent.Reason is not null and not CloseReason.Http)
        {
            Assert.IsType<ErrorMessage>(agent.Said[^1]);
            Assert.True(agent.IsClosed);
        }

        Assert.True(agent.Held <= 2 * ProtocolLimits.DefaultAgentMaxLength);
    }
}
