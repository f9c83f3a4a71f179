using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Supervision;

/// <summary>Failures outside of messages: in the constructor and in the hooks.</summary>
public class FailingHooksSpec : ActorSpec
{
    [Fact]
    public void A_failing_constructor_stops_the_actor()
    {
        var actor = Start(_ => throw new Boom());
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failing_PreStart_stops_the_actor()
    {
        var actor = Start(a => a.Starting = () => throw new Boom());
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_supervisor_judges_an_initialization_exception_around_the_cause(bool inConstructor)
    {
        var boom = new Boom();
        var strategy = new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Stop;
        });
        var child = StartUnder(strategy, a =>
        {
            if (inConstructor) throw boom;
            a.Starting = () => throw boom;
        })[0];
        var failure = ExpectMsg<ActorInitializationException>();
        Assert.Same(boom, failure.GetBaseException());
        Assert.Equal(child, failure.Actor);
    }

    [Fact]
    public void Messages_to_an_actor_that_could_not_start_are_dead_letters()
    {
        var deadLetters = ListenToDeadLetters();
        var gate = new Gate();
        var actor = Start(_ =>
        {
            gate.Pass();
            throw new Boom();
        });
        actor.Tell("too early");
        gate.Open();
        Assert.Equal("too early", deadLetters.ExpectMsg<Akka.Event.DeadLetter>().Message);
    }

    [Fact]
    public void No_hook_runs_for_an_actor_whose_constructor_fails()
    {
        var actor = Start(a =>
        {
            a.Starting = () => TestActor.Tell("PreStart");
            a.Stopped = () => TestActor.Tell("PostStop");
            throw new Boom();
        });
        AwaitDeath(actor);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void The_siblings_of_an_actor_that_could_not_start_live_on()
    {
        var children = StartUnder(null, _ => throw new Boom(), Echo);
        AwaitDeath(children[0]);
        children[1].Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void A_supervisor_that_restarts_a_failed_constructor_has_the_actor_constructed_again()
    {
        var attempts = 0;
        var child = StartUnder(new OneForOneStrategy(_ => Directive.Restart), a =>
        {
            if (attempts++ < 2) throw new Boom();
            Echo(a);
        })[0];
        child.Tell("at last", TestActor);
        ExpectMsg("at last");
        Assert.Equal(3, attempts);
    }

    [Fact]
    public void A_failing_PreRestart_does_not_prevent_the_restart()
    {
        var actor = Start(a =>
        {
            a.Restarting = (_, _) => throw new InvalidOperationException();
            EchoOrFail(a);
        });
        actor.Tell(new Boom());
        actor.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void A_failing_constructor_stops_an_actor_that_is_restarted()
    {
        var constructed = 0;
        var actor = Start(a =>
        {
            if (constructed++ > 0) throw new InvalidOperationException();
            EchoOrFail(a);
        });
        Watch(actor);
        actor.Tell(new Boom());
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failing_PostRestart_is_a_new_failure_that_tells_both_causes()
    {
        var boom = new Boom();
        var again = new InvalidOperationException();
        var strategy = new OneForOneStrategy(cause =>
        {
            if (cause is Boom) return Directive.Restart;
            TestActor.Tell(cause);
            return Directive.Stop;
        });
        var child = StartUnder(strategy, a =>
        {
            a.On<Exception>(Throw);
            a.Restarted = _ => throw again;
        })[0];
        Watch(child);
        child.Tell(boom);
        var failure = ExpectMsg<PostRestartException>();
        Assert.Same(boom, failure.OriginalCause);
        Assert.Same(again, failure.GetBaseException());
        ExpectTerminated(child);
    }

    [Fact]
    public void A_failing_PostRestart_stops_the_actor_by_default()
    {
        var actor = Start(a =>
        {
            a.On<Exception>(Throw);
            a.Restarted = _ => throw new InvalidOperationException();
        });
        Watch(actor);
        actor.Tell(new Boom());
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failing_PostStop_during_a_restart_does_not_prevent_it()
    {
        var actor = Start(a =>
        {
            a.Stopped = () => throw new InvalidOperationException();
            EchoOrFail(a);
        });
        actor.Tell(new Boom());
        actor.Tell("alive", TestActor);
        ExpectMsg("alive");
    }
}
