using System.Collections.Concurrent;
using Akka;
using Akka.Actor;
using Akka.Configuration;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Shutdown;

/// <summary>An orderly end: phases one after the other, the tasks of a phase side by side.</summary>
public class CoordinatedShutdownSpec() : ActorSpec(Settings)
{
    private const string Settings = """
        akka.coordinated-shutdown {
          terminate-actor-system = on
          run-by-actor-system-terminate = on
          phases.service-unbind.timeout = 100ms
        }
        """;

    private readonly ConcurrentQueue<string> _ran = new();

    private CoordinatedShutdown Coordinated => CoordinatedShutdown.Get(Sys);

    [Fact]
    public async Task Runs_the_phases_in_their_order()
    {
        string[] phases =
        [
            CoordinatedShutdown.PhaseBeforeServiceUnbind,
            CoordinatedShutdown.PhaseServiceUnbind,
            CoordinatedShutdown.PhaseServiceRequestsDone,
            CoordinatedShutdown.PhaseServiceStop,
            CoordinatedShutdown.PhaseBeforeClusterShutdown,
            CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
            CoordinatedShutdown.PhaseClusterLeave,
            CoordinatedShutdown.PhaseClusterExiting,
            CoordinatedShutdown.PhaseClusterExitingDone,
            CoordinatedShutdown.PhaseClusterShutdown,
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
            CoordinatedShutdown.PhaseActorSystemTerminate,
        ];
        foreach (var phase in phases.Reverse()) Add(phase, phase);
        await Run();
        Assert.Equal(phases, _ran);
    }

    [Fact]
    public async Task Runs_the_tasks_of_a_phase_side_by_side()
    {
        // Each waits for the other: one after the other they would never end.
        var (one, other) = (new TaskCompletionSource(), new TaskCompletionSource());
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceStop, "one", async () =>
        {
            one.SetResult();
            await other.Task;
            return Done.Instance;
        });
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceStop, "other", async () =>
        {
            other.SetResult();
            await one.Task;
            return Done.Instance;
        });
        await Run();
    }

    [Fact]
    public async Task Waits_for_all_tasks_of_a_phase_before_the_next()
    {
        var slow = new TaskCompletionSource();
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceStop, "slow", async () =>
        {
            await slow.Task;
            _ran.Enqueue("slow");
            return Done.Instance;
        });
        Add(CoordinatedShutdown.PhaseServiceStop, "quick");
        Add(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "next");
        var run = Run();
        AwaitCondition(() => _ran.Contains("quick"), Patience);
        slow.SetResult();
        await run;
        Assert.Equal(["quick", "slow", "next"], _ran);
    }

    [Fact]
    public async Task Runs_once_however_often_it_is_told()
    {
        Add(CoordinatedShutdown.PhaseServiceStop, "task");
        await Task.WhenAll(Run(), Run());
        await Run();
        Assert.Equal(["task"], _ran);
    }

    [Fact]
    public async Task Goes_on_after_a_task_that_fails()
    {
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails later", async () =>
        {
            await Task.Yield();
            throw new Boom();
        });
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails at once", () => throw new Boom());
        Add(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "next");
        await Run();
        Assert.Equal(["next"], _ran);
    }

    [Fact]
    public async Task Goes_on_after_a_task_that_takes_too_long()
    {
        var never = new TaskCompletionSource<Done>();
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "too long", () => never.Task);
        Add(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "next");
        await Run();
        Assert.Equal(["next"], _ran);
    }

    [Fact]
    public async Task Can_start_with_a_later_phase()
    {
        Add(CoordinatedShutdown.PhaseBeforeServiceUnbind, "skipped");
        Add(CoordinatedShutdown.PhaseServiceStop, "first");
        Add(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "second");
        await Coordinated.Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseServiceStop).WaitAsync(Patience);
        Assert.Equal(["first", "second"], _ran);
    }

    [Fact]
    public async Task Keeps_the_first_reason()
    {
        Assert.Null(Coordinated.ShutdownReason);
        var shutdown = Coordinated;
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(Patience);
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Terminates_the_system_last()
    {
        Coordinated.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "still alive", async () =>
        {
            _ran.Enqueue((await Start(Echo).Ask<string>("alive", Patience)) + Sys.WhenTerminated.IsCompleted);
            return Done.Instance;
        });
        await Run();
        await Sys.WhenTerminated.WaitAsync(Patience);
        Assert.Equal(["aliveFalse"], _ran);
    }

    [Fact]
    public async Task Is_run_by_the_termination_of_the_system()
    {
        Add(CoordinatedShutdown.PhaseServiceStop, "task");
        var shutdown = Coordinated;
        await Sys.Terminate().WaitAsync(Patience);
        Assert.Equal(["task"], _ran);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public void Refuses_a_task_for_a_phase_that_does_not_exist() =>
        Assert.Throws<ConfigurationException>(() => Coordinated.AddTask("no-phase", "task", () => Task.FromResult(Done.Instance)));

    [Fact]
    public void Knows_how_long_a_phase_may_take()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Coordinated.Timeout(CoordinatedShutdown.PhaseServiceStop));
        Assert.Equal(TimeSpan.FromMilliseconds(100), Coordinated.Timeout(CoordinatedShutdown.PhaseServiceUnbind));
        Assert.Throws<ArgumentException>(() => Coordinated.Timeout("no-phase"));
    }

    [Fact]
    public void Is_one_per_system() => Assert.Same(CoordinatedShutdown.Get(Sys), CoordinatedShutdown.Get(Sys));

    private void Add(string phase, string name) => Coordinated.AddTask(phase, name, () =>
    {
        _ran.Enqueue(name);
        return Task.FromResult(Done.Instance);
    });

    private Task Run() => Coordinated.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience);
}
