using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Miru.Benchmarks.Measuring;

/// <summary>The kernel's monotonic clock, which <see cref="Stopwatch"/> reads too: waiting for an instant of it does not drift.</summary>
internal static partial class MonotonicClock
{
    private const int Monotonic = 1;
    private const int AbsoluteTime = 1;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <param name="timestamp">As <see cref="Stopwatch.GetTimestamp"/> gives it: nanoseconds on Linux.</param>
    public static void SleepUntil(long timestamp)
    {
        var until = new Timespec(timestamp / NanosecondsPerSecond, timestamp % NanosecondsPerSecond);
        while (Sleep(Monotonic, AbsoluteTime, in until, 0) != 0)
        {
            // A signal came first.
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int Sleep(int clock, int flags, in Timespec until, nint remaining);
}
