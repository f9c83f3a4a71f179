using System.Collections.Concurrent;
using System.Net.Sockets;
using Akka.Dispatch;
using Miru.Agent.Connections;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>The loop on its own: order, no nesting, wake-ups, fairness, its end.</summary>
public sealed class IoLoopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly IoLoop _loop;

    public IoLoopTests() => _loop = new IoLoop(_failures.Enqueue);

    [Fact]
    public async Task Tasks_run_in_the_order_they_were_queued_on_one_thread()
    {
        var ran = new List<(int Task, int Thread)>();
        for (var at = 0; at < 1000; at++)
        {
            var task = at;
            _loop.Enqueue(new ActionRunnable(() => ran.Add((task, Environment.CurrentManagedThreadId))));
        }

        await OnLoop(() => true);

        Assert.Equal(Enumerable.Range(0, 1000), ran.Select(run => run.Task));
        Assert.Single(ran.Select(run => run.Thread).Distinct());
    }

    [Fact]
    public async Task A_task_that_a_task_queues_runs_after_it_and_not_inside_it()
    {
        var order = new List<string>();
        await OnLoop(() =>
        {
            order.Add("begin");
            _loop.Enqueue(new ActionRunnable(() => order.Add("queued")));
            order.Add("end");
            return true;
        });
        await OnLoop(() => true);

        Assert.Equal(["begin", "end", "queued"], order);
    }

    [Fact]
    public async Task A_task_that_throws_is_reported_and_the_next_one_runs()
    {
        _loop.Enqueue(new ActionRunnable(() => throw new InvalidOperationException("thrown by the test")));

        Assert.True(await OnLoop(() => true));
        Assert.Equal("thrown by the test", Assert.Single(_failures).Message);
    }

    [Fact]
    public async Task Tasks_that_queue_each_other_wake_nobody()
    {
        var before = await OnLoop(() => _loop.Sleeps);
        var after = await OnLoop<long>(done => Chain(10_000, () => done(_loop.Sleeps)));

        // Twice at most: before each of the two questions, which came from outside.
        Assert.InRange(after - before, 0, 2);
    }

    [Fact]
    public async Task Tasks_without_an_end_do_not_keep_a_socket_waiting()
    {
        using var pair = SocketPair.Create();
        var ready = new TaskCompletionSource<uint>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flooding = true;
        await OnLoop(() => _loop.Watch(pair.Descriptor, NativeIo.Readable, new Target(ready.SetResult)));
        void Flood()
        {
            if (Volatile.Read(ref flooding))
            {
                _loop.Enqueue(new ActionRunnable(Flood));
            }
        }

        _loop.Enqueue(new ActionRunnable(Flood));
        pair.Far.Send([1]);
        var reported = await ready.Task.WaitAsync(Patience);
        Volatile.Write(ref flooding, false);

        Assert.Equal(NativeIo.Readable, reported);
    }

    [Fact]
    public async Task Nothing_is_reported_of_a_descriptor_that_is_no_longer_watched()
    {
        using var pair = SocketPair.Create();
        var reports = 0;
        await OnLoop(() =>
        {
            var token = _loop.Watch(pair.Descriptor, NativeIo.Readable, new Target(_ => reports++));

            // The byte is there before the loop looks again.
            pair.Far.Send([1]);
            _loop.Unwatch(pair.Descriptor, token);
            return token;
        });

        // Whoever reports after that one has overtaken it.
        using var other = SocketPair.Create();
        var ready = new TaskCompletionSource<uint>(TaskCreationOptions.RunContinuationsAsynchronously);
        await OnLoop(() => _loop.Watch(other.Descriptor, NativeIo.Readable, new Target(ready.SetResult)));
        other.Far.Send([1]);
        await ready.Task.WaitAsync(Patience);

        Assert.Equal(0, reports);
        Assert.Equal(1, await OnLoop(() => _loop.Watched));
    }

    [Fact]
    public async Task An_event_that_was_fetched_with_another_is_lost_when_that_one_ends_its_watch()
    {
        using var first = SocketPair.Create();
        using var second = SocketPair.Create();
        var reports = new List<string>();
        await OnLoop(() =>
        {
            ulong firstToken = 0, secondToken = 0;
            firstToken = _loop.Watch(first.Descriptor, NativeIo.Readable, new Target(_ => Report("first", second.Descriptor, secondToken)));
            secondToken = _loop.Watch(second.Descriptor, NativeIo.Readable, new Target(_ => Report("second", first.Descriptor, firstToken)));
            first.Far.Send([1]);
            second.Far.Send([1]);
            return true;
        });
        await OnLoop(() => true);
        await OnLoop(() => true);

        // Both were ready in one look; whoever came first ended the other's watch.
        Assert.Single(reports);

        void Report(string name, int otherDescriptor, ulong otherToken)
        {
            reports.Add(name);
            _loop.Unwatch(otherDescriptor, otherToken);
        }
    }

    [Fact]
    public void Sockets_are_watched_from_the_loops_own_thread_only()
    {
        using var pair = SocketPair.Create();

        Assert.Throws<InvalidOperationException>(() => _loop.Watch(pair.Descriptor, NativeIo.Readable, new Target(_ => { })));
    }

    [Fact]
    public void The_end_waits_for_what_was_queued_before_and_drops_what_comes_after()
    {
        var ran = 0;
        for (var at = 0; at < 500; at++)
        {
            _loop.Enqueue(new ActionRunnable(() => ran++));
        }

        _loop.Dispose();
        Assert.True(_loop.Join(Patience));
        _loop.Enqueue(new ActionRunnable(() => ran++));

        Assert.Equal(500, ran);
    }

    public void Dispose()
    {
        _loop.Dispose();
        _loop.Join(Patience);
    }

    private Task<T> OnLoop<T>(Func<T> what) => OnLoop<T>(done => done(what()));

    private Task<T> OnLoop<T>(Action<Action<T>> what)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Enqueue(new ActionRunnable(() => what(done.SetResult)));
        return done.Task.WaitAsync(Patience);
    }

    private void Chain(int links, Action last)
    {
        _loop.Enqueue(new ActionRunnable(links == 0 ? last : () => Chain(links - 1, last)));
    }

    private sealed class Target(Action<uint> onReady) : IReadinessTarget
    {
        public void OnReady(uint ready) => onReady(ready);
    }
}
