namespace Miru.Benchmarks.Crash;

/// <summary>
/// Single bits of the store are flipped while no agent runs. The next life may have lost what the bit held and must say so, but it serves
/// within its second and never hands out a byte that nobody deployed.
/// </summary>
internal static class BitFlipCampaign
{
    public static async Task RunAsync(CrashSite site, int flips, Random random, CrashTally tally)
    {
        site.Restore();
        await using (var agent = CrashAgent.Start(site))
            await agent.SaysAsync("Sequence 2 is current");
        var store = Path.Combine(site.State, "store.db");
        var settled = site.Root + ".settled";
        CrashSite.Copy(site.Root, settled);
        try
        {
            for (var flip = 0; flip < flips; flip++)
            {
                Directory.Delete(site.Root, recursive: true);
                CrashSite.Copy(settled, site.Root);
                var file = random.Next(4) == 0 && File.Exists(store + "-wal") && new FileInfo(store + "-wal").Length > 0 ? store + "-wal" : store;
                var position = Flip(file, random);
                await CheckAsync(site, tally, $"bit {position} of {Path.GetFileName(file)} flipped");
            }
        }
        finally
        {
            Directory.Delete(settled, recursive: true);
        }
        Console.WriteLine($"bit flips: {flips} over the store");
    }

    private static long Flip(string file, Random random)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        var bit = random.NextInt64(stream.Length * 8);
        stream.Position = bit / 8;
        var flipped = (byte)(stream.ReadByte() ^ (1 << (int)(bit % 8)));
        stream.Position = bit / 8;
        stream.WriteByte(flipped);
        return bit;
    }

    private static async Task CheckAsync(CrashSite site, CrashTally tally, string cycle)
    {
        tally.Cycle();
        await using var agent = CrashAgent.Start(site);
        if (!await agent.SaysAsync("ready:"))
        {
            tally.AddUnrecovered($"{cycle}: the agent does not start: {agent.Output}");
            return;
        }
        foreach (var config in await Aftermath.ServedAsync(site, agent, tally))
        {
            if (!site.New.Values.Concat(site.Old.Values).Any(bytes => config.Content.Span.SequenceEqual(bytes)))
                tally.AddTorn($"{cycle}: '{config.Slug}' is served with bytes that nobody deployed");
        }
    }
}
