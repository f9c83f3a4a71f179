using System.Diagnostics;

namespace Miru.Benchmarks.Link.Peers;

/// <summary>What the kernel allows: <c>floor.c</c>, which repeats the agent's recorded frames.</summary>
internal sealed class FloorServer(NativeTools tools, string root) : IAsyncDisposable
{
    private Process? _process;

    public string SocketPath => Path.Combine(root, "floor.sock");

    /// <summary>A byte written here is what a new snapshot is to the agent.</summary>
    public string TriggerPath => Path.Combine(root, "floor-trigger.sock");

    private string Frames => Path.Combine(root, "frames");

    /// <summary>Takes down, byte for byte, what the agent answers.</summary>
    public Task RecordAsync(string agentSocket) => Executable.RunAsync(core: null, tools.Path("record"), agentSocket, AgentServer.Slug, Frames);

    public async Task StartAsync(int? core)
    {
        await DisposeAsync();
        _process = Executable.Start(core, tools.Path("floor"), SocketPath, TriggerPath, AgentServer.Slug, Frames);
        await Readiness.AwaitSocketAsync(SocketPath, _process);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
        File.Delete(SocketPath);
        File.Delete(TriggerPath);
    }
}
