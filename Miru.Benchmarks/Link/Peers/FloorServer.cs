using System.Diagnostics;
using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Link.Peers;

/// <summary>What the kernel allows: <c>floor.c</c>, which repeats the agent's recorded frames.</summary>
internal sealed class FloorServer(NativeTools tools, string root) : Server
{
    public string SocketPath => Path.Combine(root, "floor.sock");

    /// <summary>A byte written here is what a new snapshot is to the agent.</summary>
    public string TriggerPath => Path.Combine(root, "floor-trigger.sock");

    private string Frames => Path.Combine(root, "frames");

    /// <summary>Takes down, byte for byte, what the agent answers.</summary>
    public Task RecordAsync(string agentSocket) => Executable.RunAsync(core: null, tools.Path("record"), agentSocket, AgentServer.Slug, Frames);

    protected override Process Launch(int? core) => Executable.Start(core, tools.Path("floor"), SocketPath, TriggerPath, AgentServer.Slug, Frames);

    protected override Task ReadyAsync(Process process) => Readiness.AwaitSocketAsync(SocketPath, process);

    protected override void Clean()
    {
        File.Delete(SocketPath);
        File.Delete(TriggerPath);
    }
}
