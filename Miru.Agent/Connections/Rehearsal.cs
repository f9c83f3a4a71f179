using System.Collections.Immutable;
using Miru.Agent.Configs;
using Miru.Agent.Connections.Access;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// One conversation in memory before the first real one. .NET loads code where it is first used, and loading opens files: if the
/// first use fell into a moment without free descriptors, the types concerned would stay broken for the life of the process.
/// </summary>
internal static class Rehearsal
{
    private const string Slug = "rehearsal";

    public static void Run(ConnectionTerms terms)
    {
        var empty = new ConfigSnapshot(
            Slug, 0, ImmutableSortedDictionary<string, ConfigVersion>.Empty, ImmutableSortedDictionary<string, long>.Empty, 0);
        var version = new ConfigVersion(Slug, 1, "sha256:", "", "", "json", "/", new byte[1]);
        var frames = new ConfigFrames();
        var protocol = new ConnectionProtocol(terms, frames, AccessRights.Everything, empty);
        using var input = new FrameAssembler(terms.Link.MaxHelloSize, terms.Link.MaxRequestSize, frames);
        using var output = new SendBatch(frames.OutputBuffers);

        Say(new Hello([ProtocolLimits.Version], [], Slug, Slug), 1);
        Say(Watch.Everything(new Cursor(Slug, 0)), 2);
        protocol.OnSnapshot(empty with { Sequence = 1, Configs = empty.Configs.Add(Slug, version) });
        Say(new Get(Slug), 3);
        Say(new List(), 4);
        Say(new Watch([Slug], false, null), 5);
        protocol.OnSnapshot(empty with { Sequence = 2, Tombstones = empty.Tombstones.Add(Slug, 2) });
        protocol.OnBeat(isReading: true, isStuck: false);
        Say(new Demand(1), 0);
        Say(new Unwatch([Slug], false), 6);
        Say(new Ping(), 7);
        Say(new Pong(), 8);

        void Say(Message message, uint correlation)
        {
            input.Append(MessageCodec.Encode(message, correlation));
            if (input.TryRead(out var inbound))
            {
                inbound.Apply(protocol);
            }

            while (protocol.TryTake(out var frame))
            {
                output.Add(frame);
                output.Sent(output.Unsent.Length);
            }
        }
    }
}
