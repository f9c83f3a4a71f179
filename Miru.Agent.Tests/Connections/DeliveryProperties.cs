using FsCheck;
using FsCheck.Fluent;
using Miru.Agent.Configs;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>
/// Any history of publishing, removing, reading with little demand, and reconnecting with a cursor: checked against a
/// model application that believes exactly what the protocol promises.
/// </summary>
[Trait("Clause", "watch-2")]
[Trait("Clause", "watch-4")]
[Trait("Clause", "demand-1")]
public sealed class DeliveryProperties
{
    private static readonly string[] Slugs = ["a", "b", "c", "d"];

    [Fact]
    public void Every_history_ends_with_the_newest_of_each_slug_and_no_half_deployment_on_the_way() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60),
            Prop.ForAll(Gen.Choose(0, 1023).ListOf().ToArbitrary(), steps => Run(steps)));

    private static void Run(IEnumerable<int> steps)
    {
        var store = new Snapshots();
        var application = new ModelApplication(store.Current);
        foreach (var step in steps)
        {
            // Two bits choose what happens, four whom it happens to, the rest how much.
            var chosen = Slugs.Where((_, at) => ((step >> 2) & (1 << at)) != 0).ToArray();
            switch (step & 3)
            {
                case 0:
                    application.Advance(store.Step(chosen));
                    break;
                case 1:
                    application.Advance(store.Step(chosen.Take(2), chosen.Skip(2)));
                    break;
                case 2:
                    application.Read(demand: step >> 8);
                    break;
                default:
                    application.Reconnect(store.Current);
                    break;
            }
        }

        application.Read(demand: 100);
        application.Believes(store.Current);
    }

    private sealed class ModelApplication
    {
        private readonly Dictionary<long, ConfigSnapshot> _history = [];
        private Dictionary<string, long> _published = [];
        private Dictionary<string, long> _arriving = [];
        private Cursor? _cursor;
        private long _newestPush;
        private int _demand;
        private ProtocolPeer _peer;

        public ModelApplication(ConfigSnapshot snapshot) => _peer = Connect(snapshot);

        public void Advance(ConfigSnapshot snapshot)
        {
            _history[snapshot.Sequence] = snapshot;
            _peer.Protocol.OnSnapshot(snapshot);
        }

        public void Reconnect(ConfigSnapshot snapshot) => _peer = Connect(snapshot);

        public void Read(int demand)
        {
            if (demand > 0)
            {
                _peer.Say(new Demand(demand));
                _demand += demand;
            }

            foreach (var (message, _) in _peer.HearAll())
            {
                Take(message);
            }
        }

        public void Believes(ConfigSnapshot snapshot)
        {
            Assert.Equal(snapshot.Sequence, _cursor!.Sequence);
            Assert.Equal(Contents(snapshot), _published);
        }

        private ProtocolPeer Connect(ConfigSnapshot snapshot)
        {
            _history[snapshot.Sequence] = snapshot;
            _arriving = new Dictionary<string, long>(_published);
            _newestPush = 0;
            _demand = ProtocolPeer.Terms.Link.InitialDemand;
            var peer = ProtocolPeer.Greeted(snapshot);
            peer.Say(Watch.Everything(_cursor), 7);
            return peer;
        }

        private void Take(Message message)
        {
            switch (message)
            {
                case Watching { Full: true } watching:
                    _arriving = _arriving.Where(known => watching.Slugs.Contains(known.Key)).ToDictionary();
                    break;
                case ConfigMessage config:
                    Push(config.Sequence);
                    _arriving[config.Slug] = config.Sequence;
                    break;
                case Removed removed:
                    Push(removed.Sequence);
                    _arriving.Remove(removed.Slug);
                    break;
                case Synced synced:
                    Assert.True(synced.Sequence >= (_cursor?.Sequence ?? 0), "a cursor fell");
                    Assert.Equal(Contents(_history[synced.Sequence]), _arriving);
                    _cursor = new Cursor("e1", synced.Sequence);
                    _published = new Dictionary<string, long>(_arriving);
                    break;
            }
        }

        private void Push(long sequence)
        {
            Assert.True(sequence >= _newestPush, "sequences fell");
            Assert.True(--_demand >= 0, "more was pushed than was asked for");
            _newestPush = sequence;
        }

        private static Dictionary<string, long> Contents(ConfigSnapshot snapshot) =>
            snapshot.Configs.ToDictionary(config => config.Key, config => config.Value.Sequence);
    }
}
