using System.Diagnostics;
using Miru.Benchmarks.Link.Processes;
using Quickstart;

namespace Miru.Benchmarks.Link.Peers;

/// <summary>An agent that can be told on a socket to push a new version of the config; see <see cref="Children.PushProgram"/>.</summary>
/// <param name="program">This program, as it is shipped.</param>
internal sealed class PushServer(AgentFolder folder, string program) : Server
{
    public string SocketPath => folder.SocketPath;

    /// <summary>A byte written here is a new snapshot.</summary>
    public string TriggerPath => Path.Combine(folder.Root, "trigger.sock");

    protected override Process Launch(int? core) => Executable.Start(core, "dotnet", program, "link-push", folder.SettingsFile, TriggerPath);

    // The trigger wants the store, the agent's own socket comes a moment after that.
    protected override async Task ReadyAsync(Process process)
    {
        await Readiness.AwaitSocketAsync(TriggerPath, process);
        await Readiness.AwaitSocketAsync(SocketPath, process);
    }

    protected override void Clean() => File.Delete(TriggerPath);
}
