using System.Diagnostics;
using Miru.Sdk;

namespace Miru.Benchmarks.Crash;

/// <summary>What must hold after every crash: the dead left one deployment or a decision, and the next life finishes, serves and cleans up.</summary>
internal static class Aftermath
{
    /// <param name="acknowledged">The dead agent had said that the new deployment is current.</param>
    public static async Task CheckAsync(CrashSite site, bool acknowledged, CrashTally tally, string cycle)
    {
        tally.Cycle();
        var autopsy = Autopsy.Of(site);
        if (autopsy.Violation is { } torn)
            tally.AddTorn($"{cycle}: {torn}");
        if (acknowledged && autopsy.Sequence < 2)
            tally.AddLost($"{cycle}: sequence 2 was acknowledged, {autopsy.Sequence} is stored");
        await ReviveAsync(site, autopsy.Sequence, tally, cycle);
    }

    private static async Task ReviveAsync(CrashSite site, long sequence, CrashTally tally, string cycle)
    {
        await using var agent = CrashAgent.Start(site);
        if (!await agent.SaysAsync("ready:"))
        {
            tally.AddUnrecovered($"{cycle}: the agent does not start again: {agent.Output}");
            return;
        }
        try
        {
            await ServedAsync(site, agent, tally);
        }
        catch (Exception unserved) when (unserved is MiruException or OperationCanceledException)
        {
            tally.AddUnrecovered($"{cycle}: {unserved.Message} The agent said: {agent.Output}");
            return;
        }
        if (sequence < 2 && !await agent.SaysAsync("Sequence 2 is current"))
            tally.AddUnrecovered($"{cycle}: the apply is not finished: {agent.Output}");
        else if (Autopsy.Difference(site, site.New, strays: true) is { } difference)
            tally.AddUnrecovered($"{cycle}: {difference}");
    }

    /// <summary>What the agent serves, at the first answer of its socket.</summary>
    public static async Task<IReadOnlyList<MiruConfig>> ServedAsync(CrashSite site, CrashAgent agent, CrashTally tally)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var client = await MiruClient.ConnectAsync(new MiruClientOptions { SocketPath = site.SocketPath, ApplicationName = "crash" }, deadline.Token);
        var listed = await client.ListAsync(deadline.Token);
        tally.Started(Stopwatch.GetElapsedTime(agent.Started).TotalMilliseconds);
        return [.. listed.Select(entry => client.Current(entry.Slug)).OfType<MiruConfig>()];
    }
}
