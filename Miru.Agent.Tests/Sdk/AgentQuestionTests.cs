using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

/// <summary>What an application asks the agent about itself.</summary>
public sealed class AgentQuestionTests : IAsyncLifetime
{
    private static readonly Cursor One = new("e-1", 1);
    private static readonly ErrorMessage Denied = new(ErrorCodes.AccessDenied, "no rule lets this user read", null, Retryable: false);

    private readonly FakeAgent _agent = FakeAgent.InMemory();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "sync-1")]
    public async Task A_sync_ends_when_the_agent_is_done()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(One);
        var syncing = miru.SyncAsync();
        var (_, correlation) = await link.Connection.ExpectAsync<Sync>();
        Assert.False(syncing.IsCompleted);

        await link.Connection.SendAsync(new Done(), correlation);

        await syncing;
    }

    [Fact]
    [Trait("Clause", "sync-1")]
    public async Task A_sync_that_failed_says_why()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(One);
        var syncing = miru.SyncAsync();
        var (_, correlation) = await link.Connection.ExpectAsync<Sync>();

        await link.Connection.SendAsync(new ErrorMessage(ErrorCodes.NotReady, "the cloud cannot be reached", null, true), correlation);

        var failed = await Assert.ThrowsAsync<MiruUnavailableException>(() => syncing);
        Assert.Contains("the cloud cannot be reached", failed.Message);
        Assert.True(failed.IsTransient);
    }

    [Fact]
    [Trait("Clause", "status-1")]
    public async Task The_status_is_the_agent_s_own_words()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(One);
        var asking = miru.GetStatusAsync();
        var (_, correlation) = await link.Connection.ExpectAsync<GetStatus>();

        await link.Connection.SendAsync(new StatusMessage("{\"agent\":{\"version\":\"ü\"}}"u8.ToArray()), correlation);

        Assert.Equal("{\"agent\":{\"version\":\"ü\"}}", await asking);
    }

    [Fact]
    [Trait("Clause", "hello-3")]
    public async Task A_user_who_may_read_nothing_can_still_sync()
    {
        await using var miru = await MiruClient.ConnectAsync(_agent.Options() with { WaitForAgent = false });
        await using var connection = await _agent.AcceptAsync();
        await connection.GreetAsync(One);
        await connection.PushAsync(Denied);

        var syncing = miru.SyncAsync();
        var (_, sync) = await connection.ExpectAsync<Sync>();
        await connection.SendAsync(new Done(), sync);
        await syncing;

        Assert.Equal((MiruConnectionState.Connecting, ErrorCodes.AccessDenied), (miru.State, miru.LastError?.ErrorCode));
        var asking = miru.GetAsync("a");
        var (_, get) = await connection.ExpectAsync<Get>();
        await connection.SendAsync(Denied, get);
        await Assert.ThrowsAsync<MiruAccessDeniedException>(() => asking);
    }

    [Fact]
    [Trait("Clause", "hello-3")]
    public async Task Who_waits_for_configs_and_may_read_none_is_told_so_at_once()
    {
        var connecting = MiruClient.ConnectAsync(_agent.Options());
        await using var connection = await _agent.AcceptAsync();
        await connection.GreetAsync(One);
        await connection.PushAsync(Denied);

        await Assert.ThrowsAsync<MiruAccessDeniedException>(() => connecting);
    }

    [Fact]
    [Trait("Clause", "hello-1")]
    public async Task What_the_agent_did_not_announce_is_not_asked()
    {
        await using var link = new Link(_agent, features: []);
        var miru = await link.ConnectAsync(One);

        var unsupported = await Assert.ThrowsAsync<MiruProtocolException>(() => miru.SyncAsync());
        Assert.Contains("does not offer 'sync'. Upgrade miru-agent", unsupported.Message);
        await Assert.ThrowsAsync<MiruProtocolException>(() => miru.GetStatusAsync());
    }
}
