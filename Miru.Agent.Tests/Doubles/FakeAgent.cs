using System.Net.Sockets;
using System.Threading.Channels;
using Miru.Sdk;
using Miru.Sdk.Transport;

namespace Miru.Agent.Tests.Doubles;

/// <summary>
/// The agent's end of the link, word by word under a test's control: over memory, or over a real Unix socket in a
/// directory of its own.
/// </summary>
internal sealed class FakeAgent : IConnector, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<Stream> _accepted = Channel.CreateUnbounded<Stream>();
    private readonly string? _directory;
    private Socket? _listener;
    private volatile Exception? _down;

    private FakeAgent(string? directory) => _directory = directory;

    public static FakeAgent InMemory() => new(null);

    public static FakeAgent OverSocket()
    {
        var agent = new FakeAgent(Directory.CreateTempSubdirectory("miru-").FullName);
        agent.Listen();
        return agent;
    }

    /// <summary>Options of a client of this agent, on a clock of the test's own.</summary>
    public MiruClientOptions Options(TimeProvider? time = null) => new()
    {
        SocketPath = SocketPath,
        ApplicationName = "test",
        Connector = _directory is null ? this : null,
        TimeProvider = time ?? TimeProvider.System,
    };

    public string SocketPath => Path.Combine(_directory ?? "/nowhere", "miru.sock");

    public async Task<FakeConnection> AcceptAsync()
    {
        if (_listener is not null)
        {
            using var patience = new CancellationTokenSource(Patience);
            var socket = await _listener.AcceptAsync(patience.Token);
            return new(new NetworkStream(socket, ownsSocket: true));
        }

        return new(await _accepted.Reader.ReadAsync().AsTask().WaitAsync(Patience));
    }

    /// <summary>Nobody listens from now on; in memory, connecting fails with <paramref name="error"/>.</summary>
    public void GoDown(Exception? error = null)
    {
        _down = error ?? new SocketException((int)SocketError.ConnectionRefused);
        _listener?.Dispose();
        _listener = null;
    }

    public void ComeBack()
    {
        _down = null;
        if (_directory is not null)
        {
            File.Delete(SocketPath);
            Listen();
        }
    }

    public ValueTask<ITransport> ConnectAsync(CancellationToken cancellation)
    {
        if (_down is { } error)
        {
            return ValueTask.FromException<ITransport>(error);
        }

        var (client, agent) = DuplexStream.Pair();
        _accepted.Writer.TryWrite(agent);
        return ValueTask.FromResult<ITransport>(new StreamTransport(client));
    }

    public ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private void Listen()
    {
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
    }
}
