using Akka;
using Akka.Actor;

namespace Miru.Actors.Tests.Actor.Systems;

public sealed class TerminationTests : ActorTest
{
    [Fact]
    public async Task Runs_the_phases_of_the_coordinated_shutdown_before_the_actors_stop()
    {
        System.ActorOf(Props.Create(() => new LastWords(Report)));
        CoordinatedShutdown.Get(System).AddTask(CoordinatedShutdown.PhaseServiceStop, "stop", () => Done("service-stop"));
        CoordinatedShutdown.Get(System).AddTask(CoordinatedShutdown.PhaseServiceUnbind, "unbind", () => Done("service-unbind"));
        System.RegisterOnTermination(() => Report("terminated"));
        await System.Terminate().WaitAsync(Patience);
        await ExpectAsync("service-unbind", "service-stop", "PostStop", "terminated");
    }

    [Fact]
    public async Task Terminates_twice_as_once()
    {
        await Task.WhenAll(System.Terminate(), System.Terminate()).WaitAsync(Patience);
        Assert.True(System.WhenTerminated.IsCompleted);
    }

    private Task<Done> Done(string what)
    {
        Report(what);
        return Task.FromResult(Akka.Done.Instance);
    }

    private sealed class LastWords(Action<object> report) : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);

        protected override void PostStop() => report("PostStop");
    }
}
