namespace Miru.Benchmarks.Crash;

/// <summary>SIGKILL before every single system call of one apply that changes the disk, counted over all threads of the agent.</summary>
internal static class SyscallCampaign
{
    public static async Task RunAsync(CrashSite site, string tools, int every, CrashTally tally)
    {
        if (CrashTools.Build("stop-at", tools, out var why) is not { } stopAt)
        {
            tally.Skip("syscalls", why);
            return;
        }
        var log = Path.Combine(tools, "calls");
        var total = await CountAsync(site, stopAt, log);
        if (total == 0)
        {
            tally.Skip("syscalls", "this machine does not let a process trace its child");
            return;
        }
        var killed = 0;
        for (var call = 1; call <= total; call += every)
        {
            site.Restore();
            await using var agent = CrashAgent.Start(site, stopAt, $"{call}", site.Root, log);
            // A few calls more or less: threads of the store and the deployer do not always take turns alike.
            if (await agent.SaysAsync("Sequence 2 is current"))
                await agent.KillAsync();
            await agent.ExitAsync();
            killed++;
            var last = File.ReadLines(log).LastOrDefault();
            await Aftermath.CheckAsync(site, agent.Acknowledged, tally, $"killed before {last}");
        }
        Console.WriteLine($"syscalls: {killed} of {total} calls of one apply, killed before each");
    }

    private static async Task<int> CountAsync(CrashSite site, string stopAt, string log)
    {
        site.Restore();
        await using var agent = CrashAgent.Start(site, stopAt, "0", site.Root, log);
        if (!await agent.SaysAsync("Sequence 2 is current"))
            return 0;
        await agent.KillAsync();
        return File.ReadLines(log).Count();
    }
}
