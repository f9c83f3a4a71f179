using System.Globalization;

namespace Miru.Benchmarks.Measuring;

/// <summary>How often the threads of a process have gone to sleep; each time, something woke them.</summary>
internal sealed class ContextSwitches
{
    private const string Voluntary = "voluntary_ctxt_switches:";

    private readonly Dictionary<string, long> _ofThread;

    private ContextSwitches(Dictionary<string, long> ofThread) => _ofThread = ofThread;

    public static ContextSwitches OfProcess(int pid) =>
        new(Directory.EnumerateDirectories($"/proc/{pid}/task").ToDictionary(task => task, OfThread));

    /// <summary>How often since then; a thread that has ended takes what it counted with it.</summary>
    public long Since(ContextSwitches then) => _ofThread.Sum(thread => Math.Max(0, thread.Value - then._ofThread.GetValueOrDefault(thread.Key)));

    private static long OfThread(string task)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(task, "status")).First(line => line.StartsWith(Voluntary, StringComparison.Ordinal));
            return long.Parse(line.AsSpan(Voluntary.Length), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
