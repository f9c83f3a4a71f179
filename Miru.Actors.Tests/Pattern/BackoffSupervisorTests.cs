using Akka.Actor;
using Akka.Pattern;
using Miru.Actors.Tests.Actor;

namespace Miru.Actors.Tests.Pattern;

public sealed class BackoffSupervisorTests : ActorTest
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Makes_a_failed_child_anew_after_the_delay()
    {
        var supervisor = System.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Fragile, "child", Short, Short, 0)));
        await ExpectAsync("started");
        supervisor.Tell("boom");
        await ExpectAsync("stopped", "started");
    }

    [Fact]
    public async Task Makes_a_stopped_child_anew_after_the_delay()
    {
        var supervisor = System.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Fragile, "child", Short, Short, 0)));
        await ExpectAsync("started");
        supervisor.Tell(PoisonPill.Instance.ToString());
        await ExpectAsync("stopped", "started");
    }

    [Fact]
    public async Task Answers_for_the_child_while_it_is_down()
    {
        var supervisor = System.ActorOf(BackoffSupervisor.Props(
            Backoff.OnFailure(Fragile, "child", Long, Long, 0).WithReplyWhileStopped("down")));
        await ExpectAsync("started");
        supervisor.Tell("boom");
        await ExpectAsync("stopped");
        await UntilDownAsync(supervisor);
        Assert.Equal("down", await supervisor.Ask<string>("anybody there?", Patience));
    }

    [Fact]
    public async Task Gives_up_after_the_allowed_restarts()
    {
        var supervisor = System.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Fragile, "child", Short, Short, 0, 1)));
        await ExpectAsync("started");
        supervisor.Tell("boom");
        await ExpectAsync("stopped", "started");
        supervisor.Tell("boom");
        await ExpectAsync("stopped");
        Assert.True(await supervisor.WatchAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task Counts_its_restarts_until_told_to_forget_them()
    {
        var supervisor = System.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Fragile, "child", Short, Short, 0).WithManualReset()));
        await ExpectAsync("started");
        supervisor.Tell("boom");
        await ExpectAsync("stopped", "started");
        Assert.Equal(1, await CountAsync(supervisor));
        supervisor.Tell(BackoffSupervisor.Reset.Instance);
        Assert.Equal(0, await CountAsync(supervisor));
    }

    private Props Fragile => Props.Create(() => new FragileActor(Report));

    private static async Task<int> CountAsync(IActorRef supervisor) =>
        (await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, Patience)).Count;

    /// <summary>The supervisor hears of the child's end a little later than the test.</summary>
    private static async Task UntilDownAsync(IActorRef supervisor)
    {
        while ((await supervisor.Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance, Patience)).Ref is not null)
            await Task.Yield();
    }

    private sealed class FragileActor : ReceiveActor
    {
        private readonly Action<object> _report;

        public FragileActor(Action<object> report)
        {
            _report = report;
            Receive<string>(text => text == "boom", _ => throw new InvalidOperationException("boom"));
            Receive<string>(_ => Context.Stop(Self));
        }

        protected override void PreStart() => _report("started");

        protected override void PostStop() => _report("stopped");
    }
}
