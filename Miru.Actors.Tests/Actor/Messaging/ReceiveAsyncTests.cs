using Akka.Actor;

namespace Miru.Actors.Tests.Actor.Messaging;

public sealed class ReceiveAsyncTests : ActorTest
{
    [Fact]
    public async Task Handles_no_other_message_until_the_task_has_finished()
    {
        var gate = new TaskCompletionSource();
        var actor = System.ActorOf(Props.Create(() => new Waiting(gate.Task, Report)));
        actor.Tell("wait");
        actor.Tell("next");
        await ExpectAsync("begun");
        gate.SetResult();
        await ExpectAsync("finished wait", "next");
    }

    [Fact]
    public async Task Stops_at_once_and_never_runs_the_rest_of_the_handler()
    {
        var gate = new TaskCompletionSource();
        var actor = System.ActorOf(Props.Create(() => new Waiting(gate.Task, Report)));
        actor.Tell("wait");
        await ExpectAsync("begun");
        System.Stop(actor);
        await ExpectAsync("PostStop");
        gate.SetResult();
        Reporter().Tell("nothing else");
        await ExpectAsync("nothing else");
    }

    [Fact]
    public async Task Restarts_an_actor_whose_asynchronous_handler_throws()
    {
        var gate = new TaskCompletionSource();
        var actor = System.ActorOf(Props.Create(() => new Waiting(gate.Task, Report)));
        actor.Tell("wait");
        actor.Tell("next");
        await ExpectAsync("begun");
        gate.SetException(new InvalidOperationException("boom"));
        await ExpectAsync("PostStop", "next");
    }

    private sealed class Waiting : ReceiveActor
    {
        private readonly Action<object> _report;

        public Waiting(Task gate, Action<object> report)
        {
            _report = report;
            ReceiveAsync<string>(text => text == "wait", async text =>
            {
                report("begun");
                await gate;
                report($"finished {text}");
            });
            Receive<string>(text => report(text));
        }

        protected override void PostStop() => _report("PostStop");
    }
}
