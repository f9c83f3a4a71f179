using Akka.Actor;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>
/// How often the kernel wakes a process whose actor system has nothing to do: context switches of all threads over 30 s.
/// A robot's battery pays for each.
/// </summary>
internal static class IdleWakeupsBenchmark
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    public static async Task<Row> RunAsync()
    {
        using var child = Child.Start("idle-actors");
        // The runtime's own pool threads retire after 20 s without work; their farewell is not the system's.
        await Task.Delay(WarmUp);
        var before = ContextSwitches.OfProcess(child.Id);
        await Task.Delay(Watched);
        var after = ContextSwitches.OfProcess(child.Id);
        child.StandardInput.Close();
        await child.WaitForExitAsync();
        return new Row("idle_wakeups", after.Since(before) / Watched.TotalSeconds, "1/s", null, 0.2);
    }

    /// <summary>The child process: a system that has worked a little and then rests until its standard input closes.</summary>
    public static async Task RunChildAsync()
    {
        var system = ActorSystem.Create("idle");
        for (var i = 0; i < 100; i++)
            system.ActorOf(Props.Create(() => new Resting())).Tell("work");
        await Console.In.ReadToEndAsync();
        await system.Terminate();
    }

    private sealed class Resting : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
