using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Crash;

/// <summary>
/// Each call of a kind fails once with EIO or ENOSPC while the agent applies: the deployment may fail, the files may not be half new, and
/// a start without the fault mends everything.
/// </summary>
internal static class FaultCampaign
{
    private static readonly string[] Calls = ["fsync", "fdatasync", "write", "pwrite64", "renameat", "openat", "fchmod", "ftruncate"];
    private static readonly string[] Errors = ["EIO", "ENOSPC"];

    /// <summary>No thread of an apply makes more calls of one kind; a fault that never comes is a cycle without one and ends the row.</summary>
    private const int MostCalls = 400;

    /// <param name="only">One kind of call; null for all.</param>
    public static async Task RunAsync(CrashSite site, string tools, string? only, CrashTally tally)
    {
        if (!Executable.IsInstalled("strace"))
        {
            tally.Skip("faults", "strace is not installed");
            return;
        }
        var log = Path.Combine(tools, "strace");
        var faults = 0;
        foreach (var call in Calls.Where(call => only is null || call == only))
        {
            foreach (var error in Errors)
            {
                for (var number = 1; number <= MostCalls; number++)
                {
                    if (!await FailAsync(site, call, error, number, log, tally))
                        break;
                    faults++;
                }
            }
        }
        Console.WriteLine($"faults: {faults} failing calls ({string.Join(", ", Calls)}) with {string.Join(" and ", Errors)}");
    }

    /// <returns>False if there was no such call.</returns>
    private static async Task<bool> FailAsync(CrashSite site, string call, string error, int number, string log, CrashTally tally)
    {
        site.Restore();
        // Only what concerns the state and the files: a runtime that cannot load its libraries proves nothing.
        string[] paths = [.. Directory.EnumerateFiles(site.State).Concat(Concerned(site)).SelectMany(path => new[] { "-P", path })];
        await using var agent = CrashAgent.Start(
            site, ["strace", "-f", "-qq", "-o", log, "-e", $"trace={call}", "-e", $"inject={call}:error={error}:when={number}", .. paths]);
        await agent.SaysAnyAsync("Sequence 2 is current", "next attempt in", "refuses", "miru-agent:");
        await agent.KillAsync();
        if (!File.ReadLines(log).Any(line => line.Contains("(INJECTED)", StringComparison.Ordinal)))
            return false;
        await Aftermath.CheckAsync(site, agent.Acknowledged, tally, $"{error} at {call} {number}");
        return true;
    }

    private static IEnumerable<string> Concerned(CrashSite site)
    {
        yield return Path.Combine(site.State, "store.db-wal");
        yield return Path.Combine(site.State, "store.db-shm");
        yield return site.Configs;
        foreach (var path in site.New.Keys)
        {
            yield return path;
            yield return Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.miru-new");
        }
        foreach (var directory in site.New.Keys.Select(path => Path.GetDirectoryName(path)!).Distinct())
            yield return directory;
    }
}
