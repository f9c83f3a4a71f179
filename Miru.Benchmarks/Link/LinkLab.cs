using Miru.Benchmarks.Link.Contenders;
using Miru.Benchmarks.Link.Peers;
using Miru.Benchmarks.Link.Processes;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Link;

/// <summary>All servers of a run, each started when it is first needed. Disposing it leaves no process and no file behind.</summary>
internal sealed class LinkLab : IAsyncDisposable
{
    private const string NoCompiler = "gcc is not installed";

    private readonly string _root;
    private readonly NativeTools? _tools;
    private readonly AgentServer _agent;
    private readonly PushServer _push;
    private readonly FloorServer? _floor;
    private readonly RestServer _rest;
    private readonly RedisServer _redis;

    private LinkLab(string root, NativeTools? tools, AgentServer agent, string program)
    {
        _root = root;
        _tools = tools;
        _agent = agent;
        _push = new PushServer(agent.Beside("push"), program);
        _floor = tools is null ? null : new FloorServer(tools, root);
        _rest = new RestServer(root);
        _redis = new RedisServer(root);
    }

    public static async Task<LinkLab> OpenAsync()
    {
        // Short: a socket's path has at most 107 bytes.
        var root = Directory.CreateTempSubdirectory("miru-link-").FullName;
        try
        {
            var tools = NativeTools.CanBuild ? await NativeTools.BuildAsync(Path.Combine(root, "native")) : null;
            // As it is shipped; where the compiler for that cannot be had, as it was built.
            var program = ReadyToRun.Publish(Directory.CreateDirectory(Path.Combine(root, "published"))) ?? Executable.Self;
            var lab = new LinkLab(root, tools, await AgentServer.PrepareAsync(root, program), program);
            if (lab._floor is { } floor)
                await floor.RecordAsync(lab._agent.SocketPath);
            return lab;
        }
        catch
        {
            Directory.Delete(root, recursive: true);
            throw;
        }
    }

    /// <summary>The .NET servers that run.</summary>
    public IEnumerable<int> Runtimes => ((Server[])[_agent, _push, _rest]).Where(server => server.IsRunning).Select(server => server.Id);

    /// <summary>Why this machine cannot measure the stack; null if it can.</summary>
    public string? Obstacle(Stack stack) => stack switch
    {
        Stack.Sdk or Stack.SdkAsync or Stack.Rest or Stack.RestUds => null,
        _ when _tools is null => NoCompiler,
        Stack.Redis when !Executable.IsInstalled(RedisServer.Program) => $"{RedisServer.Program} is not installed",
        _ => null,
    };

    /// <summary>A client of the stack, with its server running on the core that the placement gives it.</summary>
    public async Task<IContender> ContenderAsync(Stack stack, Placement placement, Load load)
    {
        var core = placement.ClientCore;
        var server = ServerOf(stack, load);
        await server.EnsureAsync(placement.ServerCore);
        return stack switch
        {
            Stack.Floor => new NativeContender(_tools!, _floor!.SocketPath, core, trigger: _floor.TriggerPath),
            Stack.Agent when load.Pushes => new NativeContender(_tools!, _push.SocketPath, core, trigger: _push.TriggerPath),
            Stack.Agent => new NativeContender(_tools!, _agent.SocketPath, core),
            Stack.Sdk => new ManagedContender("sdk", _agent.SocketPath, _agent.Id, core),
            Stack.SdkAsync => new ManagedContender("sdk-async", _agent.SocketPath, _agent.Id, core),
            Stack.Rest => new ManagedContender("rest", _rest.Url, _rest.Id, core),
            Stack.RestUds => new ManagedContender("rest-uds", _rest.SocketPath, _rest.Id, core),
            Stack.Redis => new NativeContender(_tools!, _redis.SocketPath, core, program: "redis"),
            Stack.DisturbedFloor => Disturbed(_floor!.SocketPath, core),
            Stack.DisturbedAgent => Disturbed(_agent.SocketPath, core),
            _ => throw new ArgumentOutOfRangeException(nameof(stack), stack, "no such stack"),
        };
    }

    /// <summary>What an agent and its idle applications cost.</summary>
    public Task<IEnumerable<Row>> IdleWakeupsAsync(CancellationToken cancellation) => _tools is { } tools
        ? IdleWakeups.RunAsync(_agent, tools, cancellation)
        : Task.FromResult<IEnumerable<Row>>([Row.Missing(IdleWakeups.RowName, "1/s", NoCompiler)]);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in (Server?[])[_floor, _rest, _redis, _push, _agent])
        {
            if (server is not null)
                await server.DisposeAsync();
        }
        Directory.Delete(_root, recursive: true);
    }

    private Server ServerOf(Stack stack, Load load) => stack switch
    {
        Stack.Floor or Stack.DisturbedFloor => _floor!,
        Stack.Rest or Stack.RestUds => _rest,
        Stack.Redis => _redis,
        Stack.Agent when load.Pushes => _push,
        _ => _agent,
    };

    private DisturbedContender Disturbed(string socket, int? core) => new(new NativeContender(_tools!, socket, core), _tools!, socket, core);
}
