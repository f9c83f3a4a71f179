using Miru.Agent.Cloud.Scheduling;

namespace Miru.Agent.Cloud.Api;

/// <summary>
/// Whether the cloud answers at all. Open after some failures in a row, closed by the first answer. While it is open only the poller asks, at the
/// pace of its backoff; reports wait and look here. Shared by all requests of a client, on whatever thread they end.
/// </summary>
internal sealed class CircuitBreaker
{
    private const int Threshold = 3;

    private const double Spread = 0.5;

    private static readonly TimeSpan Check = TimeSpan.FromSeconds(10);

    private int _failures;

    public bool IsOpen => Volatile.Read(ref _failures) >= Threshold;

    /// <summary>When to look again, which costs no request. Spread, so that the reports of a fleet whose cloud has come back do not arrive together.</summary>
    /// <param name="chance">Uniform in [0, 1).</param>
    public static TimeSpan CheckIn(double chance) => PollSchedule.Interval(Check, Spread, chance);

    public void Answered() => Volatile.Write(ref _failures, 0);

    public void Failed() => Interlocked.Increment(ref _failures);
}
