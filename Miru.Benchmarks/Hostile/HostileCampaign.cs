using System.Diagnostics;
using Miru.Benchmarks.Hostile.Fuzzing;
using Miru.Benchmarks.Link.Peers;

namespace Miru.Benchmarks.Hostile;

/// <summary>
/// Everything a peer should not do, to the real agent as its own process over its real socket, with an honest application beside it; then
/// mutation led by coverage, in this process.
/// </summary>
internal static class HostileCampaign
{
    private const double MemoryAllowed = 16;

    /// <param name="seed">What chance begins with.</param>
    /// <param name="fuzzing">How long inputs are led by coverage.</param>
    /// <param name="keep">Where to write those that reached something new; null for nowhere. The real agent is left alone then.</param>
    /// <returns>The exit code: 0 if nothing was found.</returns>
    public static async Task<int> RunAsync(int seed, TimeSpan fuzzing, FileInfo? keep)
    {
        Console.WriteLine($"seed {seed}");
        var root = Directory.CreateTempSubdirectory("miru-hostile-").FullName;
        try
        {
            if (keep is null)
            {
                await using var agent = await AgentServer.PrepareAsync(root);
                Attack(agent, seed);
            }

            Fuzz(seed, fuzzing, keep);
            Console.WriteLine("nothing found");
            return 0;
        }
        catch (HostileFinding finding)
        {
            Console.WriteLine($"FOUND: {finding.Message}");
            return 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Attack(AgentServer agent, int seed)
    {
        var vitals = new AgentVitals(agent.Id);
        using var bystander = new Bystander(agent.SocketPath);

        // Once at a small scale: what the first use of anything loads is no growth.
        var warming = new Attacks(agent.SocketPath, seed);
        warming.Frames(20_000);
        warming.Floods(4);
        warming.HalfCloses(100);
        warming.Idle(1000);
        bystander.Report();
        Thread.Sleep(TimeSpan.FromSeconds(5));
        var descriptors = vitals.Descriptors();
        var memory = vitals.Memory;
        var alone = bystander.Report();
        Console.WriteLine($"{"before",-32} {"",12} {"",8}   {descriptors.Count,5} descriptors {memory,7:0.0} MiB   bystander {alone.Answers,6:N0} answers, p99 {alone.P99:0.00} ms");

        var attacks = new Attacks(agent.SocketPath, seed + 1);
        (string Name, Func<long> Run)[] all =
        [
            ("random and mutated frames", () => attacks.Frames(1_000_000)),
            ("prefixes and splits", () => attacks.PrefixesAndSplits(every: 1)),
            ("lengths at boundaries", attacks.Lengths),
            ("pipelined floods", () => attacks.Floods(100)),
            ("half-closed and reset", () => attacks.HalfCloses(3000)),
            ("connects and disconnects", () => attacks.Churn(10_000)),
            ("idle connections", () => attacks.Idle(1000)),
        ];
        foreach (var (name, run) in all)
        {
            var started = Stopwatch.GetTimestamp();
            var count = run();
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (!vitals.IsAlive)
                throw new HostileFinding($"the agent did not survive {name}");
            var (answers, p99) = bystander.Report();
            vitals.AwaitDescriptors(descriptors);
            Console.WriteLine($"{name,-32} {count,12:N0} {seconds,8:0.0} s {vitals.Descriptors().Count,5} descriptors {vitals.Memory,7:0.0} MiB   bystander {answers,6:N0} answers, p99 {p99:0.00} ms");
        }

        if (vitals.Memory > memory + MemoryAllowed)
            throw new HostileFinding($"the agent holds {vitals.Memory:0.0} MiB, before it were {memory:0.0}");
    }

    private static void Fuzz(int seed, TimeSpan time, FileInfo? keep)
    {
        using (var planted = FuzzTargets.Planted())
        {
            var search = new CoverageFuzzer(planted, seed);
            var started = Stopwatch.GetTimestamp();
            if (search.Run([new byte[16]], TimeSpan.FromSeconds(10)) is null)
                throw new HostileFinding("the fuzzer does not find the bug that was planted for it");
            Console.WriteLine($"{"planted bug",-32} {search.Executions,12:N0} {Stopwatch.GetElapsedTime(started).TotalSeconds,8:0.0} s found");
        }

        using var target = FuzzTargets.Connection();
        var fuzzer = new CoverageFuzzer(target, seed);
        if (fuzzer.Run(ConnectionTarget.Seeds, time) is { } found)
            throw new HostileFinding($"{Convert.ToHexStringLower(found.Input)}: {found.Failure}");
        var (reached, blocks) = fuzzer.Coverage;
        Console.WriteLine($"{"led by coverage",-32} {fuzzer.Executions,12:N0} {time.TotalSeconds,8:0.0} s {reached} of {blocks} blocks, {fuzzer.Corpus.Count} inputs kept");
        if (keep is not null)
        {
            FuzzCorpus.Write(keep.FullName, CoverageFuzzer.Distil(target, ConnectionTarget.Golden, fuzzer.Corpus));
        }
    }
}
