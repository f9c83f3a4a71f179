using System.Runtime.InteropServices;

namespace Miru.Benchmarks.Measuring;

/// <summary>The CPU that a process has burnt, in nanoseconds of all its threads, ended ones included; <c>/proc</c> counts in hundredths of a second.</summary>
internal static partial class CpuClock
{
    private const int Scheduled = 2;

    public static TimeSpan OfProcess(int pid)
    {
        // What clock_getcpuclockid makes of a pid.
        var clock = (~pid << 3) | Scheduled;
        return Read(clock, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : throw new InvalidOperationException($"process {pid} has no CPU clock; has it ended?");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Timespec time);
}
