using Miru.Benchmarks.Link.Peers;

namespace Miru.Benchmarks.Link;

/// <summary>All servers of a run, on the cores that the experiment at hand wants. Disposing it leaves no process and no file behind.</summary>
internal sealed class LinkLab : IAsyncDisposable
{
    private readonly string _root;
    private readonly NativeTools _tools;
    private readonly AgentServer _agent;
    private readonly FloorServer _floor;
    private (int? Core, bool Started) _servers;

    private LinkLab(string root, NativeTools tools, AgentServer agent)
    {
        _root = root;
        _tools = tools;
        _agent = agent;
        _floor = new FloorServer(tools, root);
    }

    public static async Task<LinkLab> OpenAsync()
    {
        // Short: a socket's path has at most 107 bytes.
        var root = Directory.CreateTempSubdirectory("miru-link-").FullName;
        try
        {
            var tools = await NativeTools.BuildAsync(Path.Combine(root, "native"));
            var lab = new LinkLab(root, tools, await AgentServer.PrepareAsync(root));
            await lab._floor.RecordAsync(lab._agent.SocketPath);
            return lab;
        }
        catch
        {
            Directory.Delete(root, recursive: true);
            throw;
        }
    }

    /// <summary>Starts every server on the core that the placement gives it, unless they run there already.</summary>
    public async Task ArrangeAsync(Placement placement)
    {
        if (_servers == (placement.ServerCore, true))
            return;
        await _agent.StartAsync(placement.ServerCore);
        await _floor.StartAsync(placement.ServerCore);
        _servers = (placement.ServerCore, true);
    }

    public IContender Contender(Stack stack, Placement placement) => stack switch
    {
        Stack.Floor => new NativeContender(_tools, _floor.SocketPath, placement.ClientCore),
        Stack.Agent => new NativeContender(_tools, _agent.SocketPath, placement.ClientCore),
        _ => throw new ArgumentOutOfRangeException(nameof(stack), stack, "no such stack"),
    };

    public async ValueTask DisposeAsync()
    {
        await _floor.DisposeAsync();
        await _agent.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}
