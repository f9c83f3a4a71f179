using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

/// <summary>Silence on the system's clock, which the thread that reads the socket keeps itself.</summary>
public sealed class SilenceOverSocketTests : IAsyncLifetime
{
    private readonly FakeAgent _agent = FakeAgent.OverSocket();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "beat-1")]
    public async Task An_agent_that_falls_silent_is_noticed()
    {
        await using var miru = await MiruClient.ConnectAsync(_agent.Options() with { WaitForAgent = false });
        await using var connection = await _agent.AcceptAsync();
        connection.HeartbeatInterval = TimeSpan.FromMilliseconds(40);
        await connection.GreetAsync(new("e-1", 1));

        await connection.ClosedByClientAsync();

        // It comes back, and tells why when that ends too.
        await using var next = await _agent.AcceptAsync();
        Assert.Contains("silent for 3 intervals of 0.04 s", miru.LastError!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Clause", "hello-1")]
    public async Task An_agent_that_accepts_and_never_greets_is_given_up()
    {
        var options = _agent.Options() with { WaitForAgent = false, RequestTimeout = TimeSpan.FromMilliseconds(40) };
        await using var miru = await MiruClient.ConnectAsync(options);
        await using var mute = await _agent.AcceptAsync();
        await mute.ExpectAsync<Hello>();

        await mute.ClosedByClientAsync();

        await using var next = await _agent.AcceptAsync();
        await next.ExpectAsync<Hello>();
        Assert.Contains("did not greet", miru.LastError!.Message, StringComparison.Ordinal);
    }
}
