using System.Diagnostics;
using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Crash;

/// <summary>
/// Simulated power cuts: the agent's whole corner lies on a file system of its own on a loop device, which is shut down under the running
/// agent, unmounted and mounted again. What the agent had acknowledged must be there. The control arm runs the same with every sync turned
/// into a no-op from outside, and must fail: otherwise the cuts prove nothing.
/// </summary>
internal static class PowerCutCampaign
{
    private const int SizeMiB = 64;
    private const int ControlCuts = 12;

    public static async Task RunAsync(string root, string? agent, int cuts, Random random, CrashTally tally)
    {
        var tools = Directory.CreateDirectory(root + ".tools").FullName;
        try
        {
            if (CrashTools.Build("cut-power", tools, out var why) is not { } cutPower)
            {
                tally.Skip("power cuts", why);
                return;
            }
            foreach (var (kind, make, mount) in FileSystems())
                await RunAsync(root, agent, tools, cutPower, kind, make, mount, cuts / 3, random, tally);
        }
        finally
        {
            Directory.Delete(tools, recursive: true);
        }
    }

    private static IEnumerable<(string Kind, string[] Make, string Mount)> FileSystems()
    {
        yield return ("ext4", ["mkfs.ext4", "-q", "-F"], "rw");
        yield return ("ext4 writeback", ["mkfs.ext4", "-q", "-F"], "data=writeback,noauto_da_alloc");
        yield return ("xfs", ["mkfs.xfs", "-q", "-f"], "rw");
    }

    private static async Task RunAsync(
        string root, string? agent, string tools, string cutPower, string kind, string[] make, string mount, int cuts, Random random, CrashTally tally)
    {
        var campaign = $"power cuts on {kind}";
        if (!Executable.IsInstalled(make[0]))
        {
            tally.Skip(campaign, $"{make[0]} is not installed");
            return;
        }
        var image = Path.Combine(tools, "disk");
        await using var disk = new LoopDisk(image, root, mount.Length == 0 ? "rw" : mount, cutPower);
        if (await disk.MakeAsync(make, kind.StartsWith("xfs", StringComparison.Ordinal) ? 320 : SizeMiB) is { } refusal)
        {
            tally.Skip(campaign, refusal);
            return;
        }
        var site = CrashSite.Prepare(Path.Combine(root, "site"), outside: Path.Combine(tools, "template"), agent);
        var window = await WindowAsync(site);
        for (var cut = 0; cut < cuts; cut++)
            await CutAsync(site, disk, random, window, tally, $"{campaign}, cut {cut}");
        Console.WriteLine($"{campaign}: {cuts} cuts, journal tail lost and data lost in turn");
        await ControlAsync(site, disk, random, window, tally, campaign);
        site.Delete();
    }

    private static async Task ControlAsync(CrashSite site, LoopDisk disk, Random random, TimeSpan window, CrashTally tally, string campaign)
    {
        if (!Executable.IsInstalled("strace"))
        {
            tally.Skip($"control arm of {campaign}", "strace is not installed");
            return;
        }
        var control = new CrashTally(quiet: true);
        // Each sync reports success and does nothing.
        string[] withoutSyncs = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:retval=0"];
        for (var cut = 0; cut < ControlCuts && control.IsClean; cut++)
            await CutAsync(site, disk, random, window, control, $"control {cut}", withoutSyncs);
        if (control.IsClean)
            tally.AddVoid($"{campaign}: {ControlCuts} cuts without any sync did no harm, so the cuts prove nothing");
        else
            Console.WriteLine($"{campaign}: the control arm without syncs fails, as it must, after {control.Cycles} cuts ({control.Line()})");
    }

    private static async Task CutAsync(
        CrashSite site, LoopDisk disk, Random random, TimeSpan window, CrashTally tally, string cycle, params string[] tracer)
    {
        site.Restore();
        await disk.FlushAsync();
        var acknowledged = false;
        await using (var agent = CrashAgent.Start(site, tracer))
        {
            if (tracer.Length > 0 || random.Next(3) == 0)
            {
                // Right after the acknowledgement: the moment at which everything must be on the disk.
                await agent.SaysAsync("Sequence 2 is current");
            }
            else
            {
                await KillCampaign.AwaitDiskWorkAsync(site, agent, random);
            }
            acknowledged = agent.Acknowledged;
            await disk.CutAsync(loseJournalTail: random.Next(2) == 0);
            await agent.KillAsync();
        }
        await disk.RemountAsync();
        await Aftermath.CheckAsync(site, acknowledged, tally, cycle);
    }

    private static async Task<TimeSpan> WindowAsync(CrashSite site)
    {
        await using var agent = CrashAgent.Start(site);
        await agent.SaysAsync("Sequence 2 is current");
        return Stopwatch.GetElapsedTime(agent.Started);
    }
}
