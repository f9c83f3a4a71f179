namespace Miru.Benchmarks.Crash;

/// <summary>
/// Two agents started at once over one state directory, or with a state each over one socket: one serves, the other ends with a clear code.
/// Then the one that serves is killed, and the socket it leaves behind is taken over.
/// </summary>
internal static class RaceCampaign
{
    private const int SocketRefused = 73;
    private const int StoreRefused = 74;

    /// <summary>The second starts within this of the first, while that one is still getting ready.</summary>
    private const int HeadStartMilliseconds = 200;

    public static async Task RunAsync(CrashSite site, int races, Random random, CrashTally tally)
    {
        for (var race = 0; race < races; race++)
        {
            site.Restore();
            tally.Cycle();
            var sharesState = race % 2 == 0;
            var other = sharesState ? site.SettingsFile : site.SettingsOfAnother();
            if (await RaceAsync(site, other, sharesState ? StoreRefused : SocketRefused, random, tally) is { } violation)
                tally.AddUnrecovered($"race {race} for the {(sharesState ? "state" : "socket")}: {violation}");
        }
        Console.WriteLine($"races: {races}, for the state directory and for the socket in turn");
    }

    private static async Task<string?> RaceAsync(CrashSite site, string other, int refusal, Random random, CrashTally tally)
    {
        await using var first = CrashAgent.Start(site);
        await Task.Delay(random.Next(HeadStartMilliseconds));
        await using var second = CrashAgent.StartWith(site, other);
        await Task.WhenAny(first.ExitAsync(), second.ExitAsync(), Task.Delay(CrashAgent.Patience));
        var (winner, loser) = first.HasExited ? (second, first) : (first, second);
        if (!loser.HasExited)
            return "both go on";
        if (loser.ExitCode != refusal)
            return $"the loser ended with {loser.ExitCode}: {loser.Output}";
        if (!await winner.SaysAsync("ready:"))
            return $"neither serves: {winner.Output}; {loser.Output}";
        if (!File.Exists(site.SocketPath))
            return "the loser took the winner's socket away";
        await Aftermath.ServedAsync(site, winner, tally);
        await winner.KillAsync();

        await using var heir = CrashAgent.Start(site);
        if (!await heir.SaysAsync("ready:"))
            return $"the socket of a dead agent is not taken over: {heir.Output}";
        await Aftermath.ServedAsync(site, heir, tally);
        return null;
    }
}
