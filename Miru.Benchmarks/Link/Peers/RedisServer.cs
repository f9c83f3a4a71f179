using System.Diagnostics;
using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Link.Peers;

/// <summary>Redis, where this machine has it: on a Unix socket only, without persistence.</summary>
internal sealed class RedisServer(string root) : Server
{
    public const string Program = "redis-server";

    public string SocketPath => Path.Combine(root, "redis.sock");

    protected override Process Launch(int? core) => Executable.Start(
        core, Program, "--port", "0", "--unixsocket", SocketPath, "--save", "", "--appendonly", "no", "--logfile", "/dev/null", "--dir", root);

    protected override Task ReadyAsync(Process process) => Readiness.AwaitSocketAsync(SocketPath, process);

    protected override void Clean() => File.Delete(SocketPath);
}
