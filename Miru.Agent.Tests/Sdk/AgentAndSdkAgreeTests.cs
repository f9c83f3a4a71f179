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

    [Fact]
    [Trait("Clause", "watch-4")]
    public void Resuming_brings_exactly_what_was_missed_and_another_store_everything()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            new Run(seed).Resume();
        }
    }

    private sealed class Run
    {
        private readonly int _seed;
        private readonly Random _random;
        private Snapshots _store = new("e0");
        private readonly Dictionary<Cursor, string> _history = [];
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
                switch (_random.Next(11))
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
                    case 9:
                        Connect();
                        break;
                    default:
                        Rebuild(step);
                        Connect();
                        break;
                }
            }

            _peer.Say(new Demand(1000));
            Hear(int.MaxValue);
            Assert.Equal(_store.Current.Sequence, _published.Cursor?.Sequence);
        }

        public void Resume()
        {
            for (var step = 0; step < 20; step++)
            {
                // As far as it comes: often the connection is lost in the middle of a deployment.
                Hear(_random.Next(8));
                var isRebuilt = _random.Next(8) == 0;
                if (isRebuilt)
                {
                    Rebuild(step);
                }

                for (var missed = _random.Next(4); missed > 0; missed--)
                {
                    _store.Step(Some(), Some());
                    Remember();
                }

                var cursor = _published.Cursor;
                Connect();
                _peer.Say(new Demand(1000));
                var head = _store.Current;
                var resumed = cursor?.Epoch == head.Epoch;
                string[] missing = resumed
                    ? [.. head.Configs.Values.Where(config => config.Sequence > cursor!.Sequence).Select(config => config.Slug),
                        .. head.Tombstones.Where(stone => stone.Value > cursor!.Sequence).Select(stone => stone.Key)]
                    : [.. head.Configs.Keys];
                var heard = Hear(int.MaxValue);
                Assert.Equal((_seed, !resumed), (_seed, Assert.IsType<Watching>(heard[0]).Full));
                Assert.Equal(
                    missing.Order(StringComparer.Ordinal),
                    heard.Select(message => (message as ConfigMessage)?.Slug ?? (message as Removed)?.Slug)
                        .OfType<string>().Order(StringComparer.Ordinal));
                Assert.Equal(new Cursor(head.Epoch, head.Sequence), _published.Cursor);
            }
        }

        private void Rebuild(int step)
        {
            _store = new($"e{step + 1}");
            _store.Step(Some());
            Remember();
        }

        private void Connect()
        {
            _peer = ProtocolPeer.Greeted(_store.Current);
            _staging = new SnapshotStaging(_published);
            _peer.Say(Watch.Everything(_published.Cursor), 7);
        }

        private List<Message> Hear(int frames)
        {
            var heard = new List<Message>();
            for (; frames > 0 && _peer.Protocol.TryTake(out var outgoing); frames--)
            {
                var message = ProtocolPeer.Decode(outgoing).Message;
                heard.Add(message);
                if (_staging.Take(message) is { } snapshot)
                {
                    Assert.True(
                        _history[snapshot.Cursor!] == Describe(snapshot),
                        $"seed {_seed}: at {snapshot.Cursor} the store was {_history[snapshot.Cursor!]}, published is {Describe(snapshot)}");
                    _published = snapshot;
                }
            }

            return heard;
        }

        private string[] Some() => [.. Slugs.Where(_ => _random.Next(3) == 0)];

        private void Remember() => _history[new(_store.Current.Epoch, _store.Current.Sequence)] = string.Join(
            " ", _store.Current.Configs.Values.Select(version => $"{version.Slug}@{version.Sequence}"));

        private static string Describe(MiruSnapshot snapshot) => string.Join(
            " ", snapshot.Configs.Values.OrderBy(config => config.Slug, StringComparer.Ordinal)
                .Select(config => $"{config.Slug}@{config.Sequence}"));
    }
}
