using System.Diagnostics;

namespace Miru.Benchmarks.Hostile.Fuzzing;

/// <summary>
/// Mutates inputs and keeps those that ran a block, or ran it in an order of magnitude of times, as none did before: so it climbs through
/// nested conditions that chance alone never passes.
/// </summary>
internal sealed class CoverageFuzzer(InstrumentedTarget target, int seed)
{
    // Preemption on a busy machine is no hang.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(5);

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _corpus = [];
    private readonly byte[][] _seen = [.. target.Maps.Select(map => new byte[map.Length])];

    public long Executions { get; private set; }

    /// <summary>Inputs that were kept, those to begin with included.</summary>
    public IReadOnlyList<byte[]> Corpus => _corpus;

    /// <summary>Blocks that ran at least once, and all blocks.</summary>
    public (int Reached, int All) Coverage => (_seen.Sum(map => map.Count(hits => hits != 0)), _seen.Sum(map => map.Length));

    /// <returns>The first input that the target did not survive, and what it said; null if the time ended first.</returns>
    public (byte[] Input, string Failure)? Run(IEnumerable<byte[]> seeds, TimeSpan time)
    {
        var mutator = new Mutator(_random);
        foreach (var input in seeds)
        {
            if (Try(input, always: true) is { } failure)
            {
                return (input, failure);
            }
        }

        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < time;)
        {
            var input = mutator.Damage(Pick(), Pick());
            if (Try(input, always: false) is { } failure)
            {
                return (input, failure);
            }
        }

        return null;
    }

    /// <summary>Those of some inputs that reach what neither <paramref name="known"/> nor a shorter one of them does.</summary>
    public static IReadOnlyList<byte[]> Distil(InstrumentedTarget target, IEnumerable<byte[]> known, IEnumerable<byte[]> inputs)
    {
        var fresh = new CoverageFuzzer(target, seed: 0);
        foreach (var input in known)
        {
            fresh.Try(input, always: true);
        }

        var knownOnes = fresh._corpus.Count;
        foreach (var input in inputs.OrderBy(input => input.Length))
        {
            fresh.Try(input, always: false);
        }

        return fresh._corpus[knownOnes..];
    }

    // The newest are the furthest.
    private byte[] Pick() => _random.Next(2) == 0
        ? _corpus[_random.Next(_corpus.Count)]
        : _corpus[Math.Max(0, _corpus.Count - 1 - _random.Next(8))];

    private string? Try(byte[] input, bool always)
    {
        foreach (var map in target.Maps)
        {
            Array.Clear(map);
        }

        Executions++;
        var started = Stopwatch.GetTimestamp();
        try
        {
            target.Run(input);
        }
        catch (Exception failure)
        {
            return failure.ToString();
        }

        if (Stopwatch.GetElapsedTime(started) > Hang)
        {
            return $"took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s";
        }

        if (IsNews() || always)
        {
            _corpus.Add(input);
        }

        return null;
    }

    private bool IsNews()
    {
        var news = false;
        for (var at = 0; at < _seen.Length; at++)
        {
            var (seen, hits) = (_seen[at], target.Maps[at]);
            for (var block = 0; block < hits.Length; block++)
            {
                if (hits[block] != 0 && (seen[block] & Magnitude(hits[block])) == 0)
                {
                    seen[block] |= Magnitude(hits[block]);
                    news = true;
                }
            }
        }

        return news;
    }

    private static byte Magnitude(byte hits) => (byte)(1 << (hits < 4 ? hits - 1 : hits < 8 ? 3 : hits < 16 ? 4 : hits < 32 ? 5 : hits < 128 ? 6 : 7));
}
