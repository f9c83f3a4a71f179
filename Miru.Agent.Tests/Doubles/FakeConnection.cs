using Miru.Protocol;
using Miru.Sdk.Transport;
using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>One accepted connection of <see cref="FakeAgent"/>: expects and says single messages.</summary>
internal sealed class FakeConnection(Stream stream) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FrameSource _source = new(stream);
    private uint _watch;

    /// <summary>What WELCOME announces.</summary>
    public IReadOnlyList<string> Features { get; set; } = Miru.Protocol.Features.All;

    /// <summary>What WELCOME announces.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The next message, which must be a <typeparamref name="T"/>, and its correlation.</summary>
    public async Task<(T Message, uint Correlation)> ExpectAsync<T>()
        where T : Message
    {
        using var patience = new CancellationTokenSource(Patience);
        var frame = await _source.ReadAsync(patience.Token);
        var decoded = MessageCodec.Decode(frame);
        Assert.Null(decoded.Violation);
        return (Assert.IsType<T>(decoded.Message), frame.Correlation);
    }

    public ValueTask SendAsync(Message message, uint correlation = 0) => SendAsync(MessageCodec.Encode(message, correlation));

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes);

    /// <summary>HELLO, WELCOME and WATCH.</summary>
    /// <returns>What the client asked to watch.</returns>
    public async Task<Watch> GreetAsync(Cursor head, int demand = 64)
    {
        var (_, hello) = await ExpectAsync<Hello>();
        await SendAsync(new Welcome(1, Features, "fake/0", "dvc_1", head, 65_536, 32, demand, HeartbeatInterval), hello);
        (var watch, _watch) = await ExpectAsync<Watch>();
        return watch;
    }

    /// <summary>Greets, and sends a full snapshot.</summary>
    public async Task<Watch> ServeAsync(Cursor head, params ConfigMessage[] configs)
    {
        var watch = await GreetAsync(head);
        await PushAsync(new Watching(head, true, [.. configs.Select(config => config.Slug)]));
        await PushAsync(configs);
        await PushAsync(new Synced(head.Sequence));
        return watch;
    }

    /// <summary>Sends messages as part of the client's watch.</summary>
    public async Task PushAsync(params Message[] messages)
    {
        foreach (var message in messages)
        {
            await SendAsync(message, _watch);
        }
    }

    /// <summary>Waits until the client has closed its end; what it still sent is passed over.</summary>
    public async Task ClosedByClientAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true)
            {
                await _source.ReadAsync(patience.Token);
            }
        });
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
