using Miru.Agent.Tests.Connections;
using Miru.Protocol;
using Miru.Sdk;
using Miru.Sdk.Snapshots;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

/// <summary>
/// The agent's side of a watch and the SDK's, both pure, against each other through random histories: changes, removals,
/// pauses for lack of demand, lost connections, resumption.
/// </summary>
public sealed class AgentAndSdkAgreeTests
{
    private static readonly string[] Slugs = ["a", "b", "c", "d"];

    [Fact]
    [Trait("Clause", "watch-1")]
    [Trait("Clause", "watch-2")]
    [Trait("Clause", "watch-4")]
    public void Whatever_is_published_was_once_the_store_and_in_the_end_is()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            new Run(seed).Play();
        }
    }

    private sealed class Run
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly Snapshots _store = new();
        private readonly Dictionary<long, string> _history = [];
        private MiruSnapshot _published = MiruSnapshot.None;
        private SnapshotStaging _staging = null!;
        private ProtocolPeer _peer = null!;

        public Run(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            Remember();
            Connect();
        }

        public void Play()
        {
            for (var step = 0; step < 60; step++)
            {
                switch (_random.Next(10))
                {
                    case < 4:
                        _store.Step(Some(), Some());
                        Remember();
                        _peer.Protocol.OnSnapshot(_store.Current);
                        break;
                    case < 8:
                        Hear(_random.Next(6));
                        break;
                    case 8:
                        _peer.Say(new Demand(_random.Next(1, 4)));
                        break;
                    default:
                        Connect();
                        break;
                }
            }

            _peer.Say(new Demand(1000));
            Hear(int.MaxValue);
            Assert.Equal(_store.Current.Sequence, _published.Cursor?.Sequence);
        }

        private void Connect()
        {
            _peer = ProtocolPeer.Greeted(_store.Current);
            _staging = new SnapshotStaging(_published);
            _peer.Say(Watch.Everything(_published.Cursor), 7);
        }

        private void Hear(int frames)
        {
            for (; frames > 0 && _peer.Protocol.TryTake(out var outgoing); frames--)
            {
                var message = ProtocolPeer.Decode(outgoing).Message;
                if (_staging.Take(message) is { } snapshot)
                {
                    Assert.True(
                        _history[snapshot.Cursor!.Sequence] == Describe(snapshot),
                        $"seed {_seed}: at {snapshot.Cursor.Sequence} the store was {_history[snapshot.Cursor.Sequence]}, published is {Describe(snapshot)}");
                    _published = snapshot;
                }
            }
        }

        private string[] Some() => [.. Slugs.Where(_ => _random.Next(3) == 0)];

        private void Remember() => _history[_store.Current.Sequence] = string.Join(
            " ", _store.Current.Configs.Values.Select(version => $"{version.Slug}@{version.Sequence}"));

        private static string Describe(MiruSnapshot snapshot) => string.Join(
            " ", snapshot.Configs.Values.OrderBy(config => config.Slug, StringComparer.Ordinal)
                .Select(config => $"{config.Slug}@{config.Sequence}"));
    }
}
