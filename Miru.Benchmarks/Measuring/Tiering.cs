using System.Globalization;

namespace Miru.Benchmarks.Measuring;

/// <summary>Whether the JIT of some .NET processes still compiles hot code again: what is measured before it is done says little of a daemon.</summary>
internal sealed class Tiering(IEnumerable<int> processes)
{
    // The kernel keeps 15 bytes of a thread's name.
    private const string Compiler = ".NET Tiered Com";

    // A look at its counters is not a compilation.
    private static readonly TimeSpan Nothing = TimeSpan.FromMilliseconds(2);

    private readonly IReadOnlyList<int> _processes = [.. processes];
    private long _burnt;

    /// <summary>Whether it compiled anything since the last call.</summary>
    public bool WentOn()
    {
        var before = _burnt;
        _burnt = _processes.Sum(Burnt);
        return Math.Abs(_burnt - before) > Nothing.TotalNanoseconds;
    }

    private static long Burnt(int process) => Directory.EnumerateDirectories($"/proc/{process}/task").Sum(BurntByThread);

    private static long BurntByThread(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd() == Compiler
                ? long.Parse(File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture)
                : 0;
        }
        catch (IOException)
        {
            // It has ended: it does so when it has nothing to do.
            return 0;
        }
    }
}
