using Akka.Actor;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>The actor runtime beside the bare primitives it is made of.</summary>
internal static class ActorBenchmarks
{
    public static async Task RunAsync(Report report)
    {
        foreach (var row in StartBenchmark.Run())
            report.Add(row);
        var system = ActorSystem.Create("benchmarks");
        report.Add(TellBenchmark.Run(system));
        report.Add(FanInBenchmark.Run(system));
        report.Add(PingPongBenchmark.Run(system));
        report.Add(CreationBenchmark.Run(system));
        report.Add(IdleMemoryBenchmark.Run(system));
        report.Add(TimersBenchmark.Run(system));
        report.Add(StreamBenchmark.Run(system));
        report.Add(await IdleWakeupsBenchmark.RunAsync());
        await system.Terminate();
    }
}
