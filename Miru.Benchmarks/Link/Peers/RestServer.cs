using System.Diagnostics;
using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Link.Peers;

/// <summary>Kestrel on localhost TCP and on a Unix socket.</summary>
internal sealed class RestServer(string root) : Server
{
    public string Url { get; private set; } = "";

    public string SocketPath => Path.Combine(root, "rest.sock");

    protected override Process Launch(int? core) => Executable.StartSelf(core, "link-rest", SocketPath);

    protected override async Task ReadyAsync(Process process)
    {
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Kestrel did not start");
        Url = $"{address}/{AgentServer.Slug}";
    }

    protected override void Clean() => File.Delete(SocketPath);
}
