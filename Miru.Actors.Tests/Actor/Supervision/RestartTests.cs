using Akka.Actor;

namespace Miru.Actors.Tests.Actor.Supervision;

public sealed class RestartTests : ActorTest
{
    [Fact]
    public async Task Runs_the_hooks_in_order()
    {
        var actor = System.ActorOf(Props.Create(() => new Chatty(Report)), "chatty");
        await ExpectAsync("constructor", "PreStart");
        actor.Tell("boom");
        await ExpectAsync("PreRestart boom", "PostStop", "constructor", "PostRestart", "PreStart");
    }

    [Fact]
    public async Task Drops_the_failing_message_and_keeps_the_rest_of_the_mailbox()
    {
        var actor = System.ActorOf(Props.Create(() => new Chatty(Report)));
        foreach (var message in new[] { "one", "boom", "two", "three" }) actor.Tell(message);
        await ExpectAsync("constructor", "PreStart", "one", "PreRestart boom", "PostStop", "constructor", "PostRestart", "PreStart", "two", "three");
    }

    [Fact]
    public async Task Evaluates_the_arguments_of_props_once()
    {
        var evaluated = 0;
        var props = Props.Create(() => new Counting(Next(ref evaluated), Report));
        System.ActorOf(props).Tell("boom");
        System.ActorOf(props);
        await ExpectAsync(1, 1, 1);
    }

    [Fact]
    public async Task Stops_an_actor_whose_constructor_throws()
    {
        var watcher = System.ActorOf(Props.Create(() => new Watching(Report)));
        watcher.Tell(System.ActorOf(Props.Create(() => new Stillborn())));
        Assert.IsType<Terminated>(await NextAsync());
    }

    private static int Next(ref int counter) => ++counter;

    private sealed class Chatty : ReceiveActor
    {
        private readonly Action<object> _report;

        public Chatty(Action<object> report)
        {
            _report = report;
            report("constructor");
            Receive<string>(text => text == "boom", _ => throw new InvalidOperationException("boom"));
            Receive<string>(text => report(text));
        }

        protected override void PreStart() => _report("PreStart");

        protected override void PostStop() => _report("PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            _report($"PreRestart {message}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            _report("PostRestart");
            base.PostRestart(reason);
        }
    }

    private sealed class Counting : ReceiveActor
    {
        public Counting(int number, Action<object> report)
        {
            report(number);
            ReceiveAny(_ => throw new InvalidOperationException());
        }
    }

    private sealed class Stillborn : ReceiveActor
    {
        public Stillborn() => throw new InvalidOperationException("stillborn");
    }

    private sealed class Watching : ReceiveActor
    {
        public Watching(Action<object> report)
        {
            Receive<IActorRef>(subject => Context.Watch(subject));
            Receive<Terminated>(terminated => report(terminated));
        }
    }
}
