using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

/// <summary>The blocking request, over both transports: only one of them lets the caller read.</summary>
public abstract class GetTests : IAsyncLifetime
{
    private protected static readonly Cursor One = new("e-1", 1);

    private protected abstract FakeAgent Agent { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "get-1")]
    public async Task A_config_arrives_byte_for_byte_and_again_when_nothing_changed()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        var sent = Wire.Config("a", 7, "") with { Content = new byte[] { 0, 255, 13, 10 } };

        for (var round = 0; round < 3; round++)
        {
            var asked = Blocked(() => miru.Get("a"));
            await AnswerAsync(link, sent);

            var config = await asked;
            Assert.Equal(sent.Content.ToArray(), config.Content.ToArray());
            Assert.Equal((new Cursor("e-1", 7), sent.Digest, "dpl_7", "v7", "json", "/srv/a.json"),
                (config.Cursor, config.Digest, config.Deployment, config.Release, config.Format, config.Path));
        }

        var changed = Blocked(() => miru.Get("a"));
        await AnswerAsync(link, Wire.Config("a", 8, "new"));
        Assert.Equal(("new", 8), ((await changed).Text, (await changed).Sequence));
    }

    [Fact]
    public async Task An_answer_that_lies_about_its_digest_is_still_taken_for_its_bytes()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        var honest = Wire.Config("a", 1, "a1");
        foreach (var sent in new[] { honest, honest with { Content = "a2"u8.ToArray() } })
        {
            var asked = Blocked(() => miru.Get("a"));
            await AnswerAsync(link, sent);
            Assert.Equal(sent.Content.ToArray(), (await asked).Content.ToArray());
        }
    }

    [Fact]
    [Trait("Clause", "error-1")]
    public async Task A_refusal_names_its_code()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        var asked = Blocked(() => miru.Get("gripper"));

        await AnswerAsync(link, new ErrorMessage(ErrorCodes.ConfigNotFound, "no config is named 'gripper'", null, false));

        Assert.Equal(ErrorCodes.ConfigNotFound, (await Assert.ThrowsAsync<MiruConfigNotFoundException>(() => asked)).ErrorCode);
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public async Task What_is_pushed_before_the_answer_is_published()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"));
        var asked = Blocked(() => miru.Get("a"));
        var (_, correlation) = await link.Connection.ExpectAsync<Get>();

        await link.Connection.PushAsync(Wire.Config("a", 2, "a2"), new Synced(2));
        await link.Connection.SendAsync(Wire.Config("a", 2, "a2"), correlation);

        await asked;
        Assert.Equal("a2", miru.Current("a")!.Text);
    }

    [Fact]
    public async Task What_is_pushed_after_a_burst_is_published_too()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One, Wire.Config("a", 1, "a1"));
        await using var watch = miru.WatchAsync("a").GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        for (var round = 2; round < 12; round++)
        {
            var asked = Blocked(() => miru.Get("a"));
            await AnswerAsync(link, Wire.Config("a", 1, "a1"));
            await asked;

            await link.Connection.PushAsync(Wire.Config("a", round, $"a{round}"), new Synced(round));
            Assert.Equal($"a{round}", await watch.NextAsync(config => config.Text));
        }
    }

    [Fact]
    [Trait("Clause", "frame-6")]
    public async Task Many_threads_and_tasks_ask_at_once_and_each_hears_its_own_answer()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        const int Askers = 48;
        const int Rounds = 40;
        var answering = AnswerAllAsync(link, Askers * Rounds);

        var threads = Enumerable.Range(0, Askers / 2).Select(asker => Blocked(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                Assert.Equal($"s{asker}.{round}", miru.Get($"s{asker}.{round}").Text);
            }

            return true;
        }));
        var tasks = Enumerable.Range(Askers / 2, Askers / 2).Select(async asker =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                Assert.Equal($"s{asker}.{round}", (await miru.GetAsync($"s{asker}.{round}")).Text);
            }

            return true;
        });

        await Task.WhenAll([answering, .. threads, .. tasks]).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_question_without_answer_ends_at_its_deadline_and_a_late_answer_harms_nobody()
    {
        var time = new VirtualTime();
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(Agent.Options(time) with { RequestTimeout = TimeSpan.FromSeconds(2) }, One);
        var asked = Blocked(() => miru.Get("a"));
        var follower = Blocked(() => miru.Get("b"));
        var (first, correlation) = await link.Connection.ExpectAsync<Get>();
        await link.Connection.ExpectAsync<Get>();

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ErrorCodes.Timeout, (await Assert.ThrowsAsync<MiruTimeoutException>(() => asked)).ErrorCode);
        await Assert.ThrowsAsync<MiruTimeoutException>(() => follower);
        await link.Connection.SendAsync(Wire.Config(first.Slug, 1, "late"), correlation);
        await link.CaughtUpAsync();
        Assert.Equal(MiruConnectionState.Live, miru.State);
    }

    [Fact]
    public async Task A_cancelled_leader_hands_on_and_loses_nothing()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        using var cancel = new CancellationTokenSource();
        var leader = Blocked(() => miru.Get("a", cancel.Token));
        var (_, leaders) = await link.Connection.ExpectAsync<Get>();
        var follower = Blocked(() => miru.Get("b"));
        var task = miru.GetAsync("c");
        var others = new Dictionary<string, uint>();
        while (others.Count < 2)
        {
            var (get, correlation) = await link.Connection.ExpectAsync<Get>();
            others[get.Slug] = correlation;
        }

        // Half of the follower's answer is the leader's to read.
        var frame = MessageCodec.Encode(Wire.Config("b", 1, "b1"), others["b"]);
        await link.Connection.SendAsync(frame.AsMemory(0, 20));
        await cancel.CancelAsync();
        Assert.Equal(
            cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader)).CancellationToken);

        await link.Connection.SendAsync(frame.AsMemory(20));
        Assert.Equal("b1", (await follower).Text);
        await link.Connection.SendAsync(Wire.Config("a", 1, "late"), leaders);
        await link.Connection.SendAsync(Wire.Config("c", 1, "c1"), others["c"]);
        Assert.Equal("c1", (await task).Text);
    }

    [Fact]
    public async Task A_question_whose_connection_was_lost_in_mid_answer_is_asked_again_over_the_next()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        var asked = new[] { Blocked(() => miru.Get("a")), Blocked(() => miru.Get("a")) };
        var (_, correlation) = await link.Connection.ExpectAsync<Get>();
        await link.Connection.ExpectAsync<Get>();
        await link.Connection.SendAsync(MessageCodec.Encode(Wire.Config("a", 1, "lost"), correlation).AsMemory(0, 30));

        await link.RestartAsync();
        await link.Connection.GreetAsync(One);
        await AnswerAsync(link, Wire.Config("a", 1, "a1"));
        await AnswerAsync(link, Wire.Config("a", 1, "a1"));

        Assert.Equal(["a1", "a1"], (await Task.WhenAll(asked)).Select(config => config.Text));
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public async Task An_agent_that_stops_while_it_is_asked_is_noticed_and_asked_again_once_it_is_back()
    {
        var time = new VirtualTime();
        await using var link = new Link(Agent);
        var options = Agent.Options(time) with { RequestTimeout = TimeSpan.FromMinutes(1), Random = () => 0 };
        var miru = await link.ConnectAsync(options, One);
        var stale = miru.ReachesAsync(MiruConnectionState.Stale);
        var asked = new[] { Blocked(() => miru.Get("a")), Blocked(() => miru.Get("a")) };
        await link.Connection.ExpectAsync<Get>();
        await link.Connection.ExpectAsync<Get>();

        time.Advance(TimeSpan.FromSeconds(25));

        Assert.Contains("silent", (await stale).Cause!.Message, StringComparison.Ordinal);
        await using var next = await Agent.AcceptAsync();
        await next.GreetAsync(One);
        foreach (var _ in asked)
        {
            var (_, correlation) = await next.ExpectAsync<Get>();
            await next.SendAsync(Wire.Config("a", 1, "a1"), correlation);
        }

        Assert.Equal(["a1", "a1"], (await Task.WhenAll(asked)).Select(config => config.Text));
    }

    [Fact]
    public async Task Disposing_from_another_thread_ends_it()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        var asked = Enumerable.Range(0, 3).Select(_ => Blocked(() => miru.Get("a"))).ToArray();
        foreach (var _ in asked)
        {
            await link.Connection.ExpectAsync<Get>();
        }

        await miru.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        foreach (var blocked in asked)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => blocked);
        }

        Assert.Throws<ObjectDisposedException>(() => miru.Get("a"));
    }

    [Fact]
    public async Task While_the_agent_is_away_it_fails_with_the_reason_why_it_is()
    {
        var time = new VirtualTime();
        Agent.GoDown();
        await using var miru = await MiruClient.ConnectAsync(
            Agent.Options(time) with { WaitForAgent = false, RequestTimeout = TimeSpan.FromSeconds(1), Random = () => 0.5 });
        await time.ArmedAsync(TimeSpan.FromMilliseconds(50));
        var asked = Blocked(() => miru.Get("a"));

        await time.ArmedAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));

        var failure = await Assert.ThrowsAsync<MiruConnectionException>(() => asked);

        Assert.Contains("systemctl status miru-agent", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blocking_in_a_context_that_runs_one_thing_at_a_time_does_not_deadlock()
    {
        await using var link = new Link(Agent);
        var miru = await link.ConnectAsync(One);
        var asked = Blocked(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new StuckContext());
            return miru.Get("a");
        });

        await AnswerAsync(link, Wire.Config("a", 1, "a1"));

        Assert.Equal("a1", (await asked).Text);
    }

    private protected static async Task AnswerAsync(Link link, Message answer)
    {
        var (_, correlation) = await link.Connection.ExpectAsync<Get>();
        await link.Connection.SendAsync(answer, correlation);
    }

    private protected static async Task AnswerAllAsync(Link link, int count)
    {
        for (; count > 0; count--)
        {
            var (get, correlation) = await link.Connection.ExpectAsync<Get>();
            await link.Connection.SendAsync(Wire.Config(get.Slug, 1, get.Slug), correlation);
        }
    }

    /// <summary>On a thread of its own, as an application's loop is.</summary>
    private protected static Task<T> Blocked<T>(Func<T> blocking) => Task.Factory.StartNew(
        blocking, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Runs nothing: whoever waits for it waits for ever.</summary>
    private sealed class StuckContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
