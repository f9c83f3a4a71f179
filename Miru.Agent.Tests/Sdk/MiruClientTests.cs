using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

/// <summary>What an application sees, over both transports.</summary>
public abstract class MiruClientTests : IAsyncLifetime
{
    private protected static readonly Cursor One = new("e-1", 1);

    private protected abstract FakeAgent Agent { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Agent.DisposeAsync();

    [Fact]
    public async Task Connecting_ends_with_every_config_at_hand()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("motion", 1, "{\"max\":1.5}"), Wire.Config("nav", 1, "{}"));

        Assert.Equal(MiruConnectionState.Live, miru.State);
        Assert.Equal(One, miru.Snapshot.Cursor);
        Assert.Equal("{\"max\":1.5}", miru.Current("motion")!.Text);
        Assert.Equal("v1", miru.Current("nav")!.Release);
        Assert.Null(miru.Current("gripper"));
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public async Task Half_a_deployment_is_never_visible()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"), Wire.Config("b", 1, "b1"));

        await link.Connection.PushAsync(Wire.Config("a", 2, "a2"));
        await link.CaughtUpAsync();
        Assert.Equal("a1", miru.Current("a")!.Text);

        await link.Connection.PushAsync(Wire.Config("b", 2, "b2"), new Synced(2));
        await link.CaughtUpAsync();
        Assert.Equal(("a2", "b2", 2L), (miru.Current("a")!.Text, miru.Current("b")!.Text, miru.Snapshot.Cursor!.Sequence));
    }

    [Fact]
    public async Task A_watch_begins_with_the_config_as_it_is_and_goes_on_with_each_newer_one()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"), Wire.Config("b", 1, "b1"));
        await using var watch = miru.WatchAsync("a").GetAsyncEnumerator();

        Assert.Equal("a1", await watch.NextAsync(config => config.Text));
        var next = watch.MoveNextAsync();
        await link.Connection.PushAsync(Wire.Config("b", 2, "b2"), new Synced(2), Wire.Config("a", 3, "a2"), new Synced(3));

        Assert.True(await next);
        Assert.Equal("a2", watch.Current.Text);
    }

    [Fact]
    [Trait("Clause", "watch-3")]
    public async Task A_watch_outlives_absence_and_removal()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        await using var watch = miru.WatchChangesAsync("a").GetAsyncEnumerator();

        var next = watch.MoveNextAsync();
        await link.Connection.PushAsync(Wire.Config("a", 2, "a1"), new Synced(2));
        Assert.True(await next);
        Assert.Equal("a1", watch.Current.Config!.Text);

        next = watch.MoveNextAsync();
        await link.Connection.PushAsync(new Removed("a", 3, 0), new Synced(3));
        Assert.True(await next);
        Assert.True(watch.Current.IsRemoved);
        Assert.Null(miru.Current("a"));

        next = watch.MoveNextAsync();
        await link.Connection.PushAsync(Wire.Config("a", 4, "a2"), new Synced(4));
        Assert.True(await next);
        Assert.Equal("a2", watch.Current.Config!.Text);
    }

    [Fact]
    [Trait("Clause", "watch-2")]
    public async Task A_slow_consumer_finds_the_newest_and_how_many_it_missed()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"));
        await using var slow = miru.WatchAsync("a").GetAsyncEnumerator();
        await using var quick = miru.WatchAsync("a").GetAsyncEnumerator();
        Assert.True(await slow.MoveNextAsync());
        Assert.True(await quick.MoveNextAsync());

        for (var sequence = 2; sequence <= 4; sequence++)
        {
            var next = quick.MoveNextAsync();
            await link.Connection.PushAsync(Wire.Config("a", sequence, $"a{sequence}", superseded: sequence == 4 ? 2 : 0), new Synced(sequence));
            Assert.True(await next);
        }

        Assert.True(await slow.MoveNextAsync());
        Assert.Equal(("a4", 4L), (slow.Current.Text, slow.Current.Superseded));
        Assert.Equal(("a4", 2L), (quick.Current.Text, quick.Current.Superseded));
    }

    [Fact]
    public async Task Ignores_a_version_it_already_has()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"));
        await using var watch = miru.WatchAsync("a").GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());

        var next = watch.MoveNextAsync();
        await link.Connection.PushAsync(Wire.Config("a", 1, "a1"), new Synced(1), Wire.Config("a", 2, "a2"), new Synced(2));

        Assert.True(await next);
        Assert.Equal(("a2", 0L), (watch.Current.Text, watch.Current.Superseded));
    }

    [Fact]
    public async Task A_cancelled_watch_says_so()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        using var cancel = new CancellationTokenSource();
        await using var watch = miru.WatchAsync("a", cancel.Token).GetAsyncEnumerator();

        var next = watch.MoveNextAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task Disposing_ends_watches_fails_requests_and_keeps_the_snapshot()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"));
        await using var watch = miru.WatchAsync("b").GetAsyncEnumerator();
        var next = watch.MoveNextAsync();
        var asked = miru.GetAsync("a");
        await link.Connection.ExpectAsync<Get>();

        await miru.DisposeAsync();

        Assert.False(await next);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => asked);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => miru.GetAsync("a"));
        Assert.Equal(MiruConnectionState.Closed, miru.State);
        Assert.Equal("a1", miru.Current("a")!.Text);
        await link.Connection.ClosedByClientAsync();
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public async Task After_a_restart_of_the_agent_it_resumes_where_it_was()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"), Wire.Config("b", 1, "b1"));
        await using var watch = miru.WatchAsync("a").GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        var next = watch.MoveNextAsync();

        // What was staged when the connection died is not seen, and is asked for again.
        await link.Connection.PushAsync(Wire.Config("a", 2, "half"));
        await link.RestartAsync();
        var resumed = await link.Connection.GreetAsync(new("e-1", 3));
        Assert.Equal(One, resumed.After);
        Assert.Equal("a1", miru.Current("a")!.Text);

        await link.Connection.PushAsync(
            new Watching(new("e-1", 3), false, []), new Removed("b", 2, 0), Wire.Config("a", 3, "a3"), new Synced(3));

        Assert.True(await next);
        Assert.Equal("a3", watch.Current.Text);
        Assert.Null(miru.Current("b"));
    }

    [Fact]
    [Trait("Clause", "watch-1")]
    public async Task A_rebuilt_store_replaces_everything_and_repeats_nothing()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(new("e-1", 9), Wire.Config("a", 9, "same") with { Deployment = "d" }, Wire.Config("b", 9, "b"));
        await using var same = miru.WatchAsync("a").GetAsyncEnumerator();
        await using var gone = miru.WatchChangesAsync("b").GetAsyncEnumerator();
        Assert.True(await same.MoveNextAsync() && await gone.MoveNextAsync());
        var nextSame = same.MoveNextAsync();
        var nextGone = gone.MoveNextAsync();

        await link.RestartAsync();
        await link.Connection.ServeAsync(new("e-2", 1), Wire.Config("a", 1, "same") with { Deployment = "d" });
        Assert.True(await nextGone);
        Assert.True(gone.Current.IsRemoved);

        await link.Connection.PushAsync(Wire.Config("a", 2, "new"), new Synced(2));
        Assert.True(await nextSame);
        Assert.Equal("new", same.Current.Text);
        Assert.Equal(new("e-2", 2), miru.Snapshot.Cursor);
    }

    [Fact]
    public async Task Snapshots_are_watched_whole()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"), Wire.Config("b", 1, "b1"));
        await using var watch = miru.WatchSnapshotsAsync().GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());

        var next = watch.MoveNextAsync();
        await link.Connection.PushAsync(
            new Synced(2), Wire.Config("a", 3, "a3"), Wire.Config("b", 3, "b3"), new Synced(3));

        Assert.True(await next);
        Assert.Equal(["a3", "b3"], watch.Current.Configs.Values.Select(config => config.Text).Order());
    }

    [Fact]
    [Trait("Clause", "frame-5")]
    public async Task Bytes_that_are_no_frame_cost_one_connection_and_nothing_else()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"));
        var stale = miru.ReachesAsync(MiruConnectionState.Stale);

        await link.Connection.SendAsync("HTTP/1.1 200 OK"u8.ToArray());

        var change = await stale;
        Assert.Equal(ErrorCodes.ProtocolViolation, Assert.IsType<MiruProtocolException>(change.Cause).ErrorCode);
        await link.Connection.ClosedByClientAsync();
        await link.ReconnectedAsync(One, Wire.Config("a", 1, "a1"));
    }

    [Fact]
    public async Task A_consumer_that_blocks_its_thread_delays_nobody()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"));
        using var blocked = new ManualResetEventSlim();
        var asked = miru.GetAsync("a");
        var consumer = asked.ContinueWith(
            _ => blocked.Wait(TimeSpan.FromSeconds(20)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var (_, correlation) = await link.Connection.ExpectAsync<Get>();
        await link.Connection.SendAsync(Wire.Config("a", 1, "a1"), correlation);

        await link.Connection.PushAsync(Wire.Config("a", 2, "a2"), new Synced(2));
        await using var watch = miru.WatchAsync("a").GetAsyncEnumerator();
        while (await watch.NextAsync(config => config.Text) != "a2")
        {
        }

        Assert.False(consumer.IsCompleted);
        blocked.Set();
        Assert.True(await consumer);
    }
}
