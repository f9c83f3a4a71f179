using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Miru.Agent.Tests.Cloud.OpenApi;

namespace Miru.Agent.Tests.Cloud.Misbehaviour;

/// <summary>
/// A control plane on a real socket that answers one of its four requests as badly as a test says, until it is healed, and keeps to the
/// contract otherwise. Counts what it is asked and what it is rid of.
/// </summary>
internal sealed class RoughServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _gate = new();
    private readonly List<(string Line, string? Authorization)> _requests = [];
    private readonly List<Task> _connections = [];
    private readonly Misbehaviour _misbehaviour;
    private readonly Func<DateTimeOffset> _now;
    private readonly string _directory;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _filler = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private Task _accepting = Task.CompletedTask;
    private long _mostTaken;

    /// <param name="now">The server's clock.</param>
    /// <param name="directory">Where the deployed config is to go.</param>
    public RoughServer(Misbehaviour misbehaviour, Func<DateTimeOffset> now, string directory)
    {
        _misbehaviour = misbehaviour;
        _now = now;
        _directory = directory;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        if (misbehaviour.Where == Where.Connect)
        {
            Fill();
        }
        else if (misbehaviour.Where != Where.Port)
        {
            Open();
        }
    }

    public int Port { get; }

    public CancellationToken Stopped => _stopped.Token;

    public bool IsHealed { get; private set; }

    /// <summary>Presented in a handshake; null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Called whenever the script waits for the agent to lose patience.</summary>
    public required Action Stalled { get; init; }

    public long MostTaken => Interlocked.Read(ref _mostTaken);

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests.Select(request => request.Line)];
            }
        }
    }

    /// <summary>What the agent asked and must not.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Bodies of the status reports that were accepted.</summary>
    public List<string> Reports { get; } = [];

    /// <summary>Every secret the agent ever sent or was given.</summary>
    public IReadOnlyList<string> Secrets
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests.Select(request => request.Authorization).OfType<string>().Distinct()];
            }
        }
    }

    /// <summary>From now on it keeps to the contract.</summary>
    public void Heal()
    {
        IsHealed = true;
        if (_misbehaviour.Where is Where.Port or Where.Connect)
        {
            Open();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Dispose();
        _filler.Dispose();
        await _accepting;
        Task[] connections;
        lock (_gate)
        {
            connections = [.. _connections];
        }

        await Task.WhenAll(connections);
        _stopped.Dispose();
    }

    /// <summary>Who waits to be accepted fills the only place there is: the kernel drops whoever calls after it.</summary>
    private void Fill()
    {
        _listener.Listen(0);
        _filler.Connect(_listener.LocalEndPoint!);
    }

    /// <summary>Until now the port was taken, so that nobody else could have it, and refused whoever called.</summary>
    private void Open()
    {
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stopped.Token);
                lock (_gate)
                {
                    _connections.Add(ServeAsync(socket));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var closing = socket;
        try
        {
            await using var stream = await SecureAsync(new NetworkStream(socket));
            while (await ReadRequestAsync(stream) is { } request)
            {
                var exchange = new Exchange(socket, stream, request, this);
                if (!IsHealed && _misbehaviour.Where == WhereOf(request.Line))
                {
                    await _misbehaviour.Answer(exchange);
                    Interlocked.Exchange(ref _mostTaken, Math.Max(MostTaken, exchange.Written));
                    if (!exchange.IsWhole)
                    {
                        return;
                    }
                }
                else
                {
                    await AnswerWellAsync(exchange);
                }
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            // The agent gave up, which is what most of this is about.
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain)
    {
        if (_misbehaviour.Where == Where.Handshake && !IsHealed)
        {
            await _misbehaviour.Answer(new Exchange(null!, plain, default!, this));
        }

        if (Certificate is not { } certificate)
        {
            return plain;
        }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _stopped.Token);
        return tls;
    }

    private Task AnswerWellAsync(Exchange exchange) => WhereOf(exchange.Request.Line) switch
    {
        Where.Token => exchange.JsonAsync($$"""{"token":"secret-token-{{exchange.Number}}","expires_at":"{{_now() + TimeSpan.FromHours(12):O}}"}"""),
        Where.List => exchange.JsonAsync($$"""{"object":"list","limit":100,"offset":0,"has_more":false,"data":[{{Deployment}}]}"""),
        Where.Content => exchange.JsonAsync(Content),
        Where.Report => AcceptAsync(exchange),
        _ => exchange.JsonAsync("{}"),
    };

    public const string Content = """{"speed": 1.5}""";

    public string Deployment => DeploymentNamed("dpl_1");

    public string DeploymentNamed(string id, string target = "deployed") =>
        $$"""
        {"object":"deployment","id":"{{id}}","description":"","status":"queued","activity_status":"queued","error_status":"none","target_status":"{{target}}",
         "device_id":"dvc_1","release_id":"rls_1","created_at":"2030-01-01T00:00:00Z","updated_at":"2030-01-01T00:00:00Z",
         "config_instances":[{"object":"config_instance","id":"inst_{{id}}","config_type_name":"Motion","filepath":"{{_directory}}/motion.json",
         "created_at":"2030-01-01T00:00:00Z","config_schema_id":"s","config_type_id":"t"}]}
        """;

    private Task AcceptAsync(Exchange exchange)
    {
        lock (_gate)
        {
            Reports.Add(exchange.Request.Body);
        }

        return exchange.JsonAsync(Deployment);
    }

    private async Task<Request?> ReadRequestAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stopped.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n");
        string? Header(string name) => lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
        var body = new byte[int.Parse(Header("Content-Length") ?? "0")];
        await stream.ReadExactlyAsync(body, _stopped.Token);
        var line = lines[0][..lines[0].LastIndexOf(' ')];
        Violations.AddRange(ContractGuard.RequestProblems(line.Split(' ')[0], line.Split(' ')[1], Header, Encoding.UTF8.GetString(body)).Select(problem => $"{line}: {problem}"));
        lock (_gate)
        {
            _requests.Add((line, Header("Authorization")?["Bearer ".Length..]));
            return new Request(line, Encoding.UTF8.GetString(body), _requests.Count);
        }
    }

    private static Where WhereOf(string line) => line switch
    {
        _ when line.Contains("/devices/token", StringComparison.Ordinal) => Where.Token,
        _ when line.Contains("/content", StringComparison.Ordinal) => Where.Content,
        _ when line.StartsWith("PATCH", StringComparison.Ordinal) && line.Contains("/deployments/", StringComparison.Ordinal) => Where.Report,
        _ when line.Contains("/deployments?", StringComparison.Ordinal) => Where.List,
        _ => Where.Elsewhere,
    };

    internal sealed record Request(string Line, string Body, int Number);
}
