using System.Collections.Immutable;
using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Protocol;

namespace Miru.Benchmarks.Hostile.Fuzzing;

/// <summary>
/// What the agent does with a peer's bytes, from the assembler to the frames it answers. The first byte of an input says whether the peer has
/// been greeted, the second in which pieces the rest arrives.
/// </summary>
internal static class ConnectionTarget
{
    private static readonly ConfigSnapshot Snapshot = new(
        "e-1",
        2,
        ImmutableSortedDictionary.Create<string, ConfigVersion>(StringComparer.Ordinal)
            .Add("motion-control", new ConfigVersion("motion-control", 2, "sha256:", "dpl_1", "v1", "json", "/x", new byte[64])),
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal).Add("nav2", 1),
        0);

    private static readonly ConnectionTerms Terms = new("miru-agent/0.0.0", null, new LinkSettings(
        ProtocolLimits.HeartbeatInterval,
        ProtocolLimits.HelloDeadline,
        ProtocolLimits.FrameDeadline,
        ProtocolLimits.StallDeadline,
        MaxConnections: 64,
        MaxConnectionsPerUser: 64,
        ProtocolLimits.DefaultAgentMaxLength,
        ProtocolLimits.HelloMaxLength,
        InitialDemand: 64,
        ProtocolLimits.MaxInFlight,
        ExcessPause: TimeSpan.FromMilliseconds(20),
        SendBuffer: 32 * 1024,
        SyncTimeout: TimeSpan.FromSeconds(60)));

    /// <summary>Every file of the conformance kit to a newcomer and to a greeted peer, whole and in small pieces.</summary>
    public static IEnumerable<byte[]> Golden { get; } =
        [.. GoldenFrames.All.SelectMany(frame => new byte[][] { [0, 255, .. frame], [1, 255, .. frame], [1, 3, .. frame] })];

    /// <summary>What to begin with.</summary>
    public static IEnumerable<byte[]> Seeds { get; } = [.. Golden, .. FuzzCorpus.Reaching, .. FuzzCorpus.Findings];

    public static void Run(byte[] input)
    {
        if (input.Length < 2)
        {
            return;
        }

        var connection = new ConnectionProtocol(Terms, new ConfigFrames(), AccessRights.Everything, Snapshot);
        using var assembler = new FrameAssembler(Terms.Link.MaxHelloSize, Terms.Link.MaxRequestSize, new ConfigFrames());
        var errors = 0;
        if ((input[0] & 1) == 1)
        {
            Feed(connection, assembler, MessageCodec.Encode(new Hello([1], [], "fuzz", "fuzz/0"), 1), ref errors);
        }

        foreach (var piece in input.AsSpan(2).ToArray().Chunk(Math.Max(1, (int)input[1])))
        {
            Feed(connection, assembler, piece, ref errors);
        }

        Require(assembler.Held <= 2 * Terms.Link.MaxRequestSize, "the assembler holds more than a frame");
        Require(connection.Reason != CloseReason.Violation || errors == 1, "a violation is answered with one ERROR");
    }

    private static void Feed(ConnectionProtocol connection, FrameAssembler assembler, byte[] bytes, ref int errors)
    {
        assembler.Append(bytes);
        while (connection.WantsInput && assembler.TryRead(out var inbound))
        {
            inbound.Apply(connection);
            while (connection.TryTakeErrand(out var errand))
            {
                connection.OnErrand(errand, new Done());
            }

            while (connection.TryTake(out var frame))
            {
                errors += IsViolation(frame) ? 1 : 0;
            }
        }
    }

    private static bool IsViolation(OutgoingFrame frame) =>
        frame.Prefix.Length > 0 && frame.Prefix[4] == (byte)FrameKind.Error && frame.Prefix.AsSpan().IndexOf("protocol_violation"u8) >= 0;

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
