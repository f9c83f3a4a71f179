using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

/// <summary>A client and the fake agent's end of its connection.</summary>
internal sealed class Link(FakeAgent agent, IReadOnlyList<string>? features = null) : IAsyncDisposable
{
    private MiruClient? _client;
    private FakeConnection? _connection;

    public FakeConnection Connection => _connection!;

    /// <summary>Connects a client to an agent that serves these configs; the clock may be virtual.</summary>
    public async Task<MiruClient> ConnectAsync(Cursor head, params ConfigMessage[] configs) =>
        await ConnectAsync(agent.Options(), head, configs);

    public async Task<MiruClient> ConnectAsync(MiruClientOptions options, Cursor head, params ConfigMessage[] configs)
    {
        var connecting = MiruClient.ConnectAsync(options);
        _connection = await agent.AcceptAsync();
        _connection.Features = features ?? Features.All;
        await _connection.ServeAsync(head, configs);
        return _client = await connecting;
    }

    /// <summary>Closes the connection and accepts the client's next one.</summary>
    public async Task RestartAsync()
    {
        await Connection.DisposeAsync();
        _connection = await agent.AcceptAsync();
    }

    /// <summary>Accepts the client's next connection and serves it until it is live.</summary>
    public async Task ReconnectedAsync(Cursor head, params ConfigMessage[] configs)
    {
        _connection = await agent.AcceptAsync();
        await _connection.ServeAsync(head, configs);
        await CaughtUpAsync();
        Assert.Equal(MiruConnectionState.Live, _client!.State);
    }

    /// <summary>Waits until the client has seen all that was sent: it answers questions in order.</summary>
    public async Task CaughtUpAsync()
    {
        var asked = _client!.ListAsync();
        var (_, correlation) = await Connection.ExpectAsync<List>();
        await Connection.SendAsync(new Listed(new("e-1", 1), []), correlation);
        Assert.Empty(await asked);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }
}
