using System.Net.Sockets;
using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

/// <summary>Time, silence and errors, on a clock that the test moves.</summary>
public sealed class ReconnectTests : IAsyncLifetime
{
    private static readonly Cursor One = new("e-1", 1);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private readonly FakeAgent _agent = FakeAgent.InMemory();
    private readonly VirtualTime _time = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Theory]
    [InlineData(SocketError.ConnectionRefused)]
    [InlineData(SocketError.AddressNotAvailable)]
    [InlineData(SocketError.AddressAlreadyInUse)]
    [InlineData(SocketError.WouldBlock)]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.AccessDenied)]
    [InlineData(SocketError.ConnectionReset)]
    public async Task Every_error_of_an_absent_agent_is_tried_again_after_pauses_that_double_to_a_bound(SocketError error)
    {
        _agent.GoDown(new SocketException((int)error));
        await using var miru = await MiruClient.ConnectAsync(Options with { WaitForAgent = false });

        foreach (var pause in new[] { 50, 100, 200, 400, 800, 1600, 2500, 2500 })
        {
            await PauseAsync(pause);
        }

        _agent.ComeBack();
        var live = miru.ReachesAsync(MiruConnectionState.Live);
        await PauseAsync(2500);
        await using var connection = await _agent.AcceptAsync();
        await connection.ServeAsync(One);
        await live;
        Assert.Null(miru.LastError);
    }

    [Fact]
    public async Task A_connection_that_dies_at_once_is_not_made_in_a_tight_loop_and_one_that_lasted_starts_anew()
    {
        await using var link = new Link(_agent);
        await link.ConnectAsync(Options, One);
        foreach (var pause in new[] { 50, 100, 200 })
        {
            await link.Connection.DisposeAsync();
            await PauseAsync(pause);
            await link.ReconnectedAsync(One);
        }

        // Lasts for as long as the longest pause, heard from all the while.
        _time.Advance(Beat);
        await link.Connection.DisposeAsync();
        await PauseAsync(50);
        await link.ReconnectedAsync(One);
    }

    [Fact]
    [Trait("Clause", "bye-1")]
    public async Task A_goodbye_is_followed_to_its_hint_and_not_before()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(Options, One);
        var stale = miru.ReachesAsync(MiruConnectionState.Stale);

        await link.Connection.SendAsync(new Goodbye(TimeSpan.FromSeconds(2)));

        await stale;
        await link.Connection.ClosedByClientAsync();
        await PauseAsync(2050);
        await link.ReconnectedAsync(One);
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public async Task Three_silent_intervals_end_a_connection()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(Options, One);
        var stale = miru.ReachesAsync(MiruConnectionState.Stale);

        // Longer than three: what the agent said after its greeting was heard somewhere in the first wait.
        _time.Advance(3 * Beat);
        Assert.Equal(MiruConnectionState.Live, miru.State);
        _time.Advance(2 * Beat);

        Assert.Contains("silent", (await stale).Cause!.Message, StringComparison.Ordinal);
        await link.Connection.ClosedByClientAsync();
        await PauseAsync(50);
        await link.ReconnectedAsync(One);
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public async Task What_an_overlapped_connection_still_says_changes_nothing()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(Options, One, Wire.Config("a", 1, "a1"));
        await using var old = link.Connection;

        // To the agent the old connection is alive: it pushes half a deployment, then a whole one, while the new one begins.
        await old.PushAsync(Wire.Config("a", 2, "half"));
        await link.CaughtUpAsync();
        _time.Advance(5 * Beat);
        await PauseAsync(50);
        await using var next = await _agent.AcceptAsync();
        var resumed = await next.GreetAsync(new("e-1", 3));
        Assert.Equal(One, resumed.After);
        await Assert.ThrowsAnyAsync<Exception>(() => old.PushAsync(Wire.Config("a", 9, "ghost"), new Synced(9)));

        var live = miru.ReachesAsync(MiruConnectionState.Live);
        await next.PushAsync(new Watching(new("e-1", 3), false, []), Wire.Config("a", 3, "a3"), new Synced(3));
        await live;
        Assert.Equal(("a3", 3L), (miru.Current("a")!.Text, miru.Snapshot.Cursor!.Sequence));
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public async Task Anything_the_agent_says_breaks_the_silence()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(Options, One);
        for (var beat = 0; beat < 5; beat++)
        {
            _time.Advance(2 * Beat);
            await link.Connection.PushAsync(new Synced(1));
            await link.CaughtUpAsync();
        }

        Assert.Equal(MiruConnectionState.Live, miru.State);
    }

    [Fact]
    [Trait("Clause", "hello-1")]
    public async Task An_agent_that_accepts_and_never_greets_is_given_up()
    {
        await using var miru = await MiruClient.ConnectAsync(Options with { WaitForAgent = false });
        await using var mute = await _agent.AcceptAsync();
        await mute.ExpectAsync<Hello>();

        _time.Advance(Options.RequestTimeout);

        await mute.ClosedByClientAsync();
        await PauseAsync(50);
        await using var next = await _agent.AcceptAsync();
        await next.ExpectAsync<Hello>();
        Assert.Contains("did not greet", miru.LastError!.Message, StringComparison.Ordinal);
        Assert.Equal(MiruConnectionState.Connecting, miru.State);
    }

    [Fact]
    [Trait("Clause", "beat-1")]
    public async Task A_heartbeat_is_answered_only_if_nothing_else_was_sent()
    {
        await using var link = new Link(_agent);
        await link.ConnectAsync(Options, One);

        // HELLO and WATCH were sent before the first; nothing before the second, its PING before the third.
        await link.Connection.SendAsync(new Heartbeat(One));
        await link.Connection.SendAsync(new Heartbeat(One));
        var (_, correlation) = await link.Connection.ExpectAsync<Ping>();
        Assert.Equal(0u, correlation);
        await link.Connection.SendAsync(new Heartbeat(One));

        await link.CaughtUpAsync();
    }

    [Theory]
    [InlineData(64, 32)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [Trait("Clause", "demand-1")]
    public async Task Demand_is_given_back_as_half_a_window_is_used(int window, int given)
    {
        await using var miru = await MiruClient.ConnectAsync(Options with { WaitForAgent = false });
        await using var connection = await _agent.AcceptAsync();
        await connection.GreetAsync(One, window);
        await connection.PushAsync(new Watching(One, true, []));

        for (var round = 1; round <= 3; round++)
        {
            await connection.PushAsync([.. Enumerable.Range(0, given).Select(n => Wire.Config($"s{n}", round, "x"))]);
            Assert.Equal(given, (await connection.ExpectAsync<Demand>()).Message.Count);
        }
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public async Task An_agent_that_grants_nothing_is_given_a_window_to_begin_with()
    {
        await using var miru = await MiruClient.ConnectAsync(Options with { WaitForAgent = false });
        await using var connection = await _agent.AcceptAsync();
        await connection.GreetAsync(One, demand: 0);

        Assert.Equal(64, (await connection.ExpectAsync<Demand>()).Message.Count);
    }

    [Fact]
    public async Task Connecting_gives_up_in_time_and_says_what_to_check()
    {
        _agent.GoDown(new SocketException((int)SocketError.AddressNotAvailable));
        var connecting = MiruClient.ConnectAsync(Options with { ConnectTimeout = TimeSpan.FromMilliseconds(40) });
        await _time.ArmedAsync(TimeSpan.FromMilliseconds(50));

        await _time.ArmedAsync(TimeSpan.FromMilliseconds(40));
        _time.Advance(TimeSpan.FromMilliseconds(40));

        var failure = await Assert.ThrowsAsync<MiruConnectionException>(() => connecting);
        Assert.Contains(_agent.SocketPath, failure.Message, StringComparison.Ordinal);
        Assert.Contains("systemctl status miru-agent", failure.Message, StringComparison.Ordinal);
        Assert.Contains(MiruClientOptions.SocketPathVariable, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "hello-2")]
    public async Task Connecting_to_an_agent_of_another_protocol_fails_at_once()
    {
        var connecting = MiruClient.ConnectAsync(Options);
        await using var connection = await _agent.AcceptAsync();
        var (_, correlation) = await connection.ExpectAsync<Hello>();

        await connection.SendAsync(
            new ErrorMessage(ErrorCodes.ProtocolUnsupported, "this agent speaks 2", "hello-2", false), correlation);

        var refusal = await Assert.ThrowsAsync<MiruProtocolException>(() => connecting);
        Assert.Equal(ErrorCodes.ProtocolUnsupported, refusal.ErrorCode);
        Assert.Contains("Upgrade", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "limit-1")]
    public async Task A_busy_agent_is_tried_again()
    {
        var connecting = MiruClient.ConnectAsync(Options);
        await using (var refused = await _agent.AcceptAsync())
        {
            await refused.SendAsync(new ErrorMessage(ErrorCodes.Busy, "256 connections of one user", "limit-1", true));
            await PauseAsync(50);
        }

        await using var connection = await _agent.AcceptAsync();
        await connection.ServeAsync(One);
        await using var miru = await connecting;
        Assert.Equal(MiruConnectionState.Live, miru.State);
    }

    private MiruClientOptions Options => _agent.Options(_time) with { Random = () => 0.5 };

    private async Task PauseAsync(int milliseconds)
    {
        var pause = TimeSpan.FromMilliseconds(milliseconds);
        await _time.ArmedAsync(pause);
        _time.Advance(pause);
    }
}
