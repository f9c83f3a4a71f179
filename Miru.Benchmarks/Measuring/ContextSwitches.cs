using System.Globalization;

namespace Miru.Benchmarks.Measuring;

/// <summary>How often the threads of a process went to sleep; each time, something woke them.</summary>
internal static class ContextSwitches
{
    private const string Voluntary = "voluntary_ctxt_switches:";

    public static long OfProcess(int pid) => Directory.EnumerateDirectories($"/proc/{pid}/task").Sum(OfThread);

    private static long OfThread(string task)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(task, "status")).First(line => line.StartsWith(Voluntary, StringComparison.Ordinal));
            return long.Parse(line.AsSpan(Voluntary.Length), CultureInfo.InvariantCulture);
        }
        catch (Exception ended) when (ended is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return 0;
        }
    }
}
