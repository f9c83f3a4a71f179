using System.Diagnostics;
using System.Globalization;
using Miru.Benchmarks.Link.Peers;
using Miru.Benchmarks.Link.Processes;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Link;

/// <summary>
/// How often the kernel wakes an agent and its 100 connected applications while nothing changes: context switches of all their threads. A
/// hundred .NET processes would measure the machine, and a hundred clients in one process share their wake-ups. So some applications are
/// SDK processes, each for itself; the others are held by one C program; and one application counts as the mean of the real ones.
/// </summary>
internal static class IdleWakeups
{
    public const string RowName = "idle_wakeups";
    private const int Applications = 100;
    private const int RealOnes = 10;
    private const double Most = 60;

    // An application runs each method of a heartbeat thirty times before its JIT leaves it alone, and until then every heartbeat, being five
    // seconds after the one before, starts the JIT's thread anew.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(170);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    public static async Task<IEnumerable<Row>> RunAsync(AgentServer agent, NativeTools tools, CancellationToken cancellation)
    {
        await agent.EnsureAsync(core: null);
        var others = Executable.Start(null, tools.Path("idle"), agent.SocketPath, AgentServer.Slug, (Applications - RealOnes).ToString(CultureInfo.InvariantCulture));
        Process[] real = [.. Enumerable.Range(0, RealOnes).Select(_ => Executable.StartSelf(null, "link-application", agent.SocketPath))];
        try
        {
            foreach (var process in real.Append(others))
                await process.StandardOutput.ReadLineAsync();
            await Task.Delay(WarmUp, cancellation);
            int[] ids = [agent.Id, .. real.Select(process => process.Id)];
            ContextSwitches[] before = [.. ids.Select(ContextSwitches.OfProcess)];
            await Task.Delay(Watched, cancellation);
            var perSecond = ids.Select((id, i) => ContextSwitches.OfProcess(id).Since(before[i]) / Watched.TotalSeconds).ToList();
            var (agents, applications) = (perSecond[0], perSecond.Skip(1).Average() * Applications);
            return
            [
                new(RowName, agents + applications, "1/s", null, Most),
                new(RowName + "_agent", agents, "1/s", null, null),
            ];
        }
        finally
        {
            foreach (var process in real.Append(others))
                await StopAsync(process);
        }
    }

    private static async Task StopAsync(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
