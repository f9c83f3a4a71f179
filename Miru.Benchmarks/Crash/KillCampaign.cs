using System.Diagnostics;

namespace Miru.Benchmarks.Crash;

/// <summary>SIGKILL at random instants of an apply: most within its few milliseconds of disk work, some anywhere from start to end.</summary>
internal static class KillCampaign
{
    private const int WindowMilliseconds = 80;

    public static async Task RunAsync(CrashSite site, int kills, Random random, CrashTally tally)
    {
        var window = await WindowAsync(site);
        for (var kill = 0; kill < kills; kill++)
        {
            site.Restore();
            var acknowledged = await KillOnceAsync(site, random, window);
            if (random.Next(4) == 0)
            {
                // The recovery is killed as well.
                await using var again = CrashAgent.Start(site);
                await Task.Delay(random.Next((int)window.TotalMilliseconds));
                acknowledged |= again.Acknowledged;
                await again.KillAsync();
                acknowledged |= again.Acknowledged;
            }
            await Aftermath.CheckAsync(site, acknowledged, tally, $"kill {kill}");
        }
        Console.WriteLine($"kills: {kills} at random instants of an apply that takes {window.TotalMilliseconds:0} ms from process start");
    }

    private static async Task<bool> KillOnceAsync(CrashSite site, Random random, TimeSpan window)
    {
        await using var agent = CrashAgent.Start(site);
        if (random.Next(4) == 0)
        {
            await Task.Delay(random.Next((int)(window.TotalMilliseconds * 1.1)));
        }
        else
        {
            await AwaitDiskWorkAsync(site, agent, random);
        }
        await agent.KillAsync();
        return agent.Acknowledged;
    }

    /// <summary>Returns at a random instant of the milliseconds in which the agent applies.</summary>
    public static async Task AwaitDiskWorkAsync(CrashSite site, CrashAgent agent, Random random)
    {
        // The write-ahead log grows with the intent: the disk work begins.
        var log = Path.Combine(site.State, "store.db-wal");
        while (!agent.HasExited && (!File.Exists(log) || new FileInfo(log).Length == 0))
            await Task.Delay(1);
        var wait = TimeSpan.FromMilliseconds(random.NextDouble() * WindowMilliseconds);
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < wait;)
            Thread.SpinWait(50);
    }

    private static async Task<TimeSpan> WindowAsync(CrashSite site)
    {
        site.Restore();
        await using var agent = CrashAgent.Start(site);
        if (!await agent.SaysAsync("Sequence 2 is current"))
            throw new InvalidOperationException($"the agent does not apply the waiting deployment even when it is left alone: {agent.Output}");
        return Stopwatch.GetElapsedTime(agent.Started);
    }
}
