using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Miru.Agent.Notifications;
using Miru.Agent.Tests.Connections;
using Miru.Agent.Tests.Simulation;
using Miru.Benchmarks.Fleet;
using Xunit;

namespace Miru.Agent.Tests.Notifications;

public sealed class ConfigNotifierTests : TestKit
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Snapshots _store = new();
    private readonly SimulatedDispatcher _thread;

    public ConfigNotifierTests()
        : base("""akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """) =>
        _thread = SimulatedDispatcher.Register(Sys);

    [Fact]
    public void A_subscriber_hears_the_newest_snapshot_first_and_then_each_newer_one()
    {
        var notifier = Start();
        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));
        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));
        notifier.Tell(Subscribe.Instance, TestActor);
        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));

        Assert.Equal(2, ExpectMsg<SnapshotAdvanced>().Snapshot.Sequence);
        Assert.Equal(3, ExpectMsg<SnapshotAdvanced>().Snapshot.Sequence);
    }

    [Fact]
    public void A_subscriber_that_came_before_the_first_snapshot_waits_for_it()
    {
        var notifier = Start();
        notifier.Tell(Subscribe.Instance, TestActor);
        notifier.Tell(new SnapshotAdvanced(_store.Current));

        Assert.Equal(0, ExpectMsg<SnapshotAdvanced>().Snapshot.Sequence);
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public void One_beat_reaches_everybody_together()
    {
        var notifier = Start();
        var first = CreateTestProbe();
        var second = CreateTestProbe();
        notifier.Tell(Subscribe.Instance, first);
        notifier.Tell(Subscribe.Instance, second);
        notifier.Tell(new SnapshotAdvanced(_store.Current));
        first.ExpectMsg<SnapshotAdvanced>();
        second.ExpectMsg<SnapshotAdvanced>();

        ((TestScheduler)Sys.Scheduler).Advance(Interval);

        first.ExpectMsg<Beat>();
        second.ExpectMsg<Beat>();
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public void Beats_that_were_missed_do_not_come_in_a_burst()
    {
        var notifier = Start();
        notifier.Tell(Subscribe.Instance, TestActor);
        notifier.Tell(new SnapshotAdvanced(_store.Current));
        ExpectMsg<SnapshotAdvanced>();

        ((TestScheduler)Sys.Scheduler).Advance(10 * Interval);
        ExpectMsg<Beat>();
        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));

        ExpectMsg<SnapshotAdvanced>();
    }

    [Fact]
    public void A_restart_forgets_neither_the_snapshot_nor_the_subscribers()
    {
        var interval = Interval;
        var notifier = ChildActorOf(
            Props.Create(() => new ConfigNotifier(interval)), new OneForOneStrategy(failure => Directive.Restart));
        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));
        notifier.Tell(Subscribe.Instance, TestActor);
        ExpectMsg<SnapshotAdvanced>();

        notifier.Tell(Kill.Instance);

        // The successor tells what it was handed, and then what is new.
        Assert.Equal(1, ExpectMsg<SnapshotAdvanced>().Snapshot.Sequence);
        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));
        Assert.Equal(2, ExpectMsg<SnapshotAdvanced>().Snapshot.Sequence);
    }

    [Fact]
    public void A_restart_puts_no_older_snapshot_behind_a_newer_one()
    {
        var interval = Interval;
        var older = new SnapshotAdvanced(_store.Publish("a"));
        var newer = new SnapshotAdvanced(_store.Publish("a"));
        var late = CreateTestProbe();

        // Both reach the mailbox after the failure and before the predecessor hands over.
        IActorRef? notifier = null;
        notifier = ChildActorOf(Props.Create(() => new ConfigNotifier(interval)), new OneForOneStrategy(failure =>
        {
            notifier!.Tell(newer);
            notifier!.Tell(Subscribe.Instance, late);
            return Directive.Restart;
        }));
        notifier.Tell(older);
        notifier.Tell(Subscribe.Instance, TestActor);
        Assert.Same(older, ExpectMsg<SnapshotAdvanced>());

        notifier.Tell(Kill.Instance);

        Assert.Same(newer, ExpectMsg<SnapshotAdvanced>());
        Assert.Same(newer, late.ExpectMsg<SnapshotAdvanced>());
        var newest = new SnapshotAdvanced(_store.Publish("a"));
        notifier.Tell(newest);
        Assert.Same(newest, ExpectMsg<SnapshotAdvanced>());
        Assert.Same(newest, late.ExpectMsg<SnapshotAdvanced>());
    }

    [Fact]
    public void Whoever_shares_its_thread_is_called_and_not_told()
    {
        var interval = Interval;
        var notifier = Sys.ActorOf(Props.Create(() => new ConfigNotifier(interval)).WithDispatcher(SimulatedDispatcher.Name));
        var (near, far) = (new Receiver(), new Receiver());
        var probe = CreateTestProbe();
        notifier.Tell(new Subscribe(near, _thread), probe);
        notifier.Tell(new Subscribe(far, Sys.Dispatchers.DefaultGlobalDispatcher), TestActor);

        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));

        // An actor may come into being on another thread than this one.
        AwaitAssert(() =>
        {
            _thread.RunAll(order: null);
            Assert.Equal([1], near.Heard);
        });
        Assert.Empty(far.Heard);
        Assert.Equal(1, ExpectMsg<SnapshotAdvanced>().Snapshot.Sequence);
    }

    [Fact]
    public void Whoever_was_not_reached_yet_hears_only_what_is_newest()
    {
        var interval = Interval;
        var notifier = Sys.ActorOf(Props.Create(() => new ConfigNotifier(interval)).WithDispatcher(SimulatedDispatcher.Name));
        var receivers = Enumerable.Range(0, 100).Select(_ => new Receiver()).ToArray();
        foreach (var receiver in receivers)
        {
            notifier.Tell(new Subscribe(receiver, _thread), CreateTestProbe());
        }

        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));
        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));

        AwaitAssert(() =>
        {
            _thread.RunAll(order: null);
            Assert.All(receivers, receiver => Assert.Equal(2, receiver.Pushed[^1]));
        });
        Assert.Contains(receivers, receiver => receiver.Heard.Count == 1);
    }

    [Fact]
    public void Several_take_a_snapshot_in_before_the_first_of_them_sends()
    {
        var interval = Interval;
        var notifier = Sys.ActorOf(Props.Create(() => new ConfigNotifier(interval)).WithDispatcher(SimulatedDispatcher.Name));
        var calls = new List<string>();
        foreach (var name in new[] { "a", "b" })
        {
            notifier.Tell(new Subscribe(new Receiver(called: call => calls.Add($"{call} {name}")), _thread), CreateTestProbe());
        }

        notifier.Tell(new SnapshotAdvanced(_store.Publish("a")));

        AwaitAssert(() =>
        {
            _thread.RunAll(order: null);
            Assert.Equal(["advanced a", "advanced b", "push a", "push b"], calls);
        });
    }

    protected override void AfterAll()
    {
        _thread.End(Sys);
        base.AfterAll();
    }

    private IActorRef Start()
    {
        var interval = Interval;
        return Sys.ActorOf(Props.Create(() => new ConfigNotifier(interval)));
    }

    private sealed class Receiver(Action<string>? called = null) : ISnapshotReceiver
    {
        public List<long> Heard { get; } = [];

        public List<long> Pushed { get; } = [];

        public void OnAdvanced(SnapshotAdvanced advanced)
        {
            Heard.Add(advanced.Snapshot.Sequence);
            called?.Invoke("advanced");
        }

        public void Push()
        {
            Pushed.Add(Heard[^1]);
            called?.Invoke("push");
        }
    }
}
