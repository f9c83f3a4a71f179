namespace Miru.Benchmarks.Measuring;

/// <summary>The kernel's <c>struct timespec</c> on 64-bit machines.</summary>
internal readonly record struct Timespec(long Seconds, long Nanoseconds);
