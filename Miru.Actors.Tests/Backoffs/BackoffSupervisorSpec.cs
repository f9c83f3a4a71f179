using Akka.Actor;
using Akka.Pattern;
using Akka.TestKit;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Backoffs;

/// <summary>A supervisor that waits before it starts its child anew, longer each time.</summary>
public class BackoffSupervisorSpec : VirtualTimeSpec
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(4);
    private readonly TestProbe _births;

    public BackoffSupervisorSpec() => _births = CreateTestProbe();

    [Fact]
    public void Passes_messages_to_its_child_with_their_sender()
    {
        var supervisor = Supervise(OnStop());
        supervisor.Tell("question", TestActor);
        ExpectMsg("question");
    }

    [Fact]
    public void Tells_which_child_it_has()
    {
        var child = Born(out var supervisor, OnStop());
        supervisor.Tell(BackoffSupervisor.GetCurrentChild.Instance, TestActor);
        Assert.Equal(child, ExpectMsg<BackoffSupervisor.CurrentChild>().Ref);
        Assert.Equal(supervisor.Path / "child", child.Path);
    }

    [Fact]
    public void Starts_a_child_anew_that_stopped_and_not_before_the_backoff()
    {
        var child = Born(out var supervisor, OnStop());
        Die(child, PoisonPill.Instance);
        Pass(0.9 * Second);
        AwaitRestartCount(supervisor, 1);
        _births.ExpectNoMsg(TimeSpan.Zero);
        Pass(0.1 * Second);
        Assert.NotEqual(child, _births.ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Waits_twice_as_long_each_time_up_to_the_maximum()
    {
        var child = Born(out var supervisor, OnStop().WithManualReset());
        var restarts = 0;
        foreach (var backoff in new[] { Second, 2 * Second, Most, Most })
        {
            Die(child, PoisonPill.Instance);
            AwaitRestartCount(supervisor, ++restarts);
            Pass(backoff - TimeSpan.FromMilliseconds(1));
            Settle(supervisor);
            _births.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
            Pass(TimeSpan.FromMilliseconds(1));
            child = _births.ExpectMsg<IActorRef>();
        }
    }

    [Fact]
    public void Starts_a_child_anew_that_failed()
    {
        var child = Born(out var supervisor, OnFailure());
        Die(child, new Boom());
        AwaitRestartCount(supervisor, 1);
        Pass(Second);
        Assert.NotEqual(child, _births.ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Loses_the_state_and_the_mailbox_of_a_child_that_failed()
    {
        var gate = new Gate();
        var deadLetters = ListenToDeadLetters();
        var child = Born(out var supervisor, OnFailure());
        supervisor.Tell("count", TestActor);
        ExpectMsg(1);
        child.Tell(gate);
        gate.AwaitArrival();
        child.Tell(new Boom());
        child.Tell("waiting", TestActor);
        gate.Open();
        Assert.Equal("waiting", deadLetters.ExpectMsg<Akka.Event.DeadLetter>().Message);
        AwaitDeath(child);
        AwaitRestartCount(supervisor, 1);
        Pass(Second);
        _births.ExpectMsg<IActorRef>();
        supervisor.Tell("count", TestActor);
        ExpectMsg(1);
    }

    [Fact]
    public void Makes_dead_letters_of_messages_while_the_child_is_down()
    {
        var deadLetters = ListenToDeadLetters();
        var child = Born(out var supervisor, OnStop());
        Die(child, PoisonPill.Instance);
        AwaitRestartCount(supervisor, 1);
        supervisor.Tell("while down", TestActor);
        Assert.Equal("while down", deadLetters.ExpectMsg<Akka.Event.DeadLetter>().Message);
    }

    [Fact]
    public void Answers_messages_while_the_child_is_down_when_it_has_an_answer()
    {
        var child = Born(out var supervisor, OnStop().WithReplyWhileStopped("come back later"));
        Die(child, PoisonPill.Instance);
        AwaitRestartCount(supervisor, 1);
        supervisor.Tell("while down", TestActor);
        ExpectMsg("come back later");
    }

    [Fact]
    public void Forgets_the_failures_of_a_child_that_lived_for_the_least_backoff()
    {
        var child = Born(out var supervisor, OnStop());
        Die(child, PoisonPill.Instance);
        AwaitRestartCount(supervisor, 1);
        Pass(Second);
        _births.ExpectMsg<IActorRef>();
        Settle(supervisor);
        Pass(Second);
        AwaitRestartCount(supervisor, 0);
    }

    [Fact]
    public void Forgets_the_failures_when_the_child_says_so()
    {
        var child = Born(out var supervisor, OnStop().WithManualReset());
        Die(child, PoisonPill.Instance);
        AwaitRestartCount(supervisor, 1);
        Pass(Second);
        child = _births.ExpectMsg<IActorRef>();
        child.Tell(BackoffSupervisor.Reset.Instance);
        AwaitRestartCount(supervisor, 0);
    }

    [Fact]
    public void Stops_after_as_many_restarts_as_allowed()
    {
        var child = Born(out var supervisor, Backoff.OnStop(ChildProps(), "child", Second, Most, 0, 1).WithManualReset());
        Watch(supervisor);
        Die(child, PoisonPill.Instance);
        AwaitRestartCount(supervisor, 1);
        Pass(Second);
        child = _births.ExpectMsg<IActorRef>();
        child.Tell(PoisonPill.Instance);
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void Stops_with_its_child_at_the_final_message()
    {
        var child = Born(out var supervisor, OnStop().WithFinalStopMessage(message => message is "good night"));
        Watch(supervisor);
        supervisor.Tell("good night");
        ExpectTerminated(supervisor);
        AwaitDeath(child);
    }

    [Fact]
    public void Stops_for_good_when_its_strategy_says_stop()
    {
        var child = Born(out var supervisor, OnFailure().WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Stop)));
        Watch(supervisor);
        child.Tell(new Boom());
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void Takes_its_child_along_when_it_is_stopped()
    {
        var child = Born(out var supervisor, OnStop());
        Watch(child);
        Sys.Stop(supervisor);
        ExpectTerminated(child);
    }

    private BackoffOptions OnStop() => Backoff.OnStop(ChildProps(), "child", Second, Most, 0, -1);

    private BackoffOptions OnFailure() => Backoff.OnFailure(ChildProps(), "child", Second, Most, 0, -1);

    private Props ChildProps() => Script(a =>
    {
        var count = 0;
        _births.Ref.Tell(a.Self);
        a.On<Gate>(gate => gate.Pass());
        a.On<Exception>(Throw);
        a.On<BackoffSupervisor.Reset>(a.Context.Parent.Tell);
        a.On<string>(_ => a.Sender.Tell(++count), text => text == "count");
        a.On<string>(_ => a.Context.Stop(a.Self), text => text == "good night");
        Echo(a);
    });

    private IActorRef Supervise(BackoffOptions options) => Sys.ActorOf(BackoffSupervisor.Props(options), "supervisor");

    private IActorRef Born(out IActorRef supervisor, BackoffOptions options)
    {
        supervisor = Supervise(options);
        return _births.ExpectMsg<IActorRef>();
    }

    private void Die(IActorRef child, object death)
    {
        child.Tell(death);
        AwaitDeath(child);
    }

    // The count rises when the supervisor has seen the death and scheduled the restart.
    private void AwaitRestartCount(IActorRef supervisor, int expected) => AwaitAssert(
        () =>
        {
            supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance, TestActor);
            Assert.Equal(expected, ExpectMsg<BackoffSupervisor.RestartCount>().Count);
        },
        Patience,
        TimeSpan.FromMilliseconds(5));
}
