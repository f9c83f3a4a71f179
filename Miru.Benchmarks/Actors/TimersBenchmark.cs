using Akka.Actor;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>A million timers set and cancelled before they are due, against <see cref="Timer"/>.</summary>
internal static class TimersBenchmark
{
    private const int Timers = 1_000_000;
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(5);

    public static Row Run(ActorSystem system)
    {
        var (ours, peer) = Rounds.NanosecondsPerOperation(Timers, () => Scheduled(system), Bare);
        return new Row("timer_set_and_cancel", ours, "ns/timer", peer, 1.5);
    }

    private static void Scheduled(ActorSystem system)
    {
        var timers = new ICancelable[Timers];
        for (var i = 0; i < Timers; i++)
            timers[i] = system.Scheduler.ScheduleTellOnceCancelable(Later, ActorRefs.Nobody, "due", ActorRefs.NoSender);
        foreach (var timer in timers)
            timer.Cancel();
    }

    private static void Bare()
    {
        var timers = new Timer[Timers];
        for (var i = 0; i < Timers; i++)
            timers[i] = new Timer(static _ => { }, null, Later, Timeout.InfiniteTimeSpan);
        foreach (var timer in timers)
            timer.Dispose();
    }
}
