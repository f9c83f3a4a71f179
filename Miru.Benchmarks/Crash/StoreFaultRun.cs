using System.Diagnostics;

namespace Miru.Benchmarks.Crash;

/// <summary>Every bit of a store, closed and killed, and its other single faults: none may stop the agent or be served.</summary>
internal static class StoreFaultRun
{
    /// <param name="output">Gets one line for each violation and a last line with the numbers.</param>
    /// <param name="stride">Bytes from one flip to the next; 1 for the whole store.</param>
    /// <param name="allBits">All eight bits of a byte instead of one that goes round.</param>
    /// <returns>How many trials broke a promise.</returns>
    public static int Run(TextWriter output, int stride, bool allBits)
    {
        var begun = Stopwatch.GetTimestamp();
        var (trials, violations) = (0, 0);
        foreach (var killed in (bool[])[false, true])
        {
            using var campaign = new StoreFaultCampaign(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), killed);
            campaign.FlipBits(stride, allBits);
            campaign.Truncate(stride * 8);
            campaign.FillPages(0);
            campaign.FillPages(0xa5);
            trials += campaign.Trials;
            violations += campaign.Violations.Count;
            foreach (var violation in campaign.Violations.Take(20))
            {
                output.WriteLine(violation);
            }

            foreach (var ((kind, verdict), count) in campaign.Verdicts)
            {
                output.WriteLine($"{(killed ? "killed" : "closed")}: {kind}: {count} {verdict}");
            }
        }

        output.WriteLine($"{trials} faults in the store, {violations} violations, {Stopwatch.GetElapsedTime(begun).TotalSeconds:f0} s");
        return violations;
    }
}
