using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Supervision;

/// <summary>Which strategy judges, and the ones that are ready-made.</summary>
public class StrategySpec : ActorSpec
{
    [Theory]
    [InlineData(typeof(Boom), Directive.Restart)]
    [InlineData(typeof(ActorInitializationException), Directive.Stop)]
    [InlineData(typeof(PostRestartException), Directive.Stop)]
    [InlineData(typeof(ActorKilledException), Directive.Stop)]
    [InlineData(typeof(DeathPactException), Directive.Stop)]
    public void The_default_decider_restarts_unless_the_actor_could_not_live_or_was_meant_to_die(Type cause, Directive expected) =>
        Assert.Equal(expected, SupervisorStrategy.DefaultDecider.Decide(Make(cause)));

    [Fact]
    public void The_stopping_strategy_stops_for_any_failure()
    {
        var child = StartUnder(SupervisorStrategy.StoppingStrategy, EchoOrFail)[0];
        Watch(child);
        child.Tell(new Boom());
        ExpectTerminated(child);
    }

    [Fact]
    public void The_strategy_of_the_props_wins_over_that_of_the_actor()
    {
        var born = CreateTestProbe();
        var props = Script(parent =>
        {
            parent.Strategy = new OneForOneStrategy(_ => Directive.Restart);
            born.Ref.Tell(parent.Spawn(EchoOrFail));
        });
        Sys.ActorOf(props.WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy));
        var child = born.ExpectMsg<IActorRef>();
        Watch(child);
        child.Tell(new Boom());
        ExpectTerminated(child);
    }

    [Fact]
    public void One_for_one_leaves_the_siblings_alone()
    {
        var children = StartUnder(new OneForOneStrategy(_ => Directive.Restart), EchoOrFail, a =>
        {
            a.Restarting = (_, _) => TestActor.Tell("restarted");
            Echo(a);
        });
        children[0].Tell(new Boom());
        Settle(children[0]);
        children[1].Tell("untouched", TestActor);
        ExpectMsg("untouched");
    }

    [Fact]
    public void A_decider_from_pairs_takes_the_first_that_fits_and_else_the_default()
    {
        var decider = Decider.From(Directive.Restart, Directive.Resume.When<ArgumentNullException>(), Directive.Stop.When<ArgumentException>());
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentException()));
        Assert.Equal(Directive.Restart, decider.Decide(new Boom()));
    }

    [Fact]
    public void A_decider_from_pairs_supervises()
    {
        var strategy = new OneForOneStrategy(Decider.From(Directive.Stop, Directive.Resume.When<Boom>()));
        var child = StartUnder(strategy, EchoOrFail)[0];
        Watch(child);
        child.Tell(new Boom());
        child.Tell("alive", TestActor);
        ExpectMsg("alive");
        child.Tell(new ArgumentException());
        ExpectTerminated(child);
    }

    private Exception Make(Type type)
    {
        if (type == typeof(PostRestartException)) return new PostRestartException(TestActor, new Boom(), new Boom());
        if (type == typeof(DeathPactException)) return new DeathPactException(TestActor);
        if (type == typeof(ActorInitializationException)) return new ActorInitializationException(TestActor, "no life");
        return type == typeof(ActorKilledException) ? new ActorKilledException("killed") : new Boom();
    }

    [Fact]
    public void Comes_back_equal_from_its_surrogate()
    {
        var strategy = new OneForOneStrategy(3, 500, SupervisorStrategy.DefaultDecider);
        Assert.Equal(strategy, strategy.ToSurrogate(Sys).FromSurrogate(Sys));
        var all = new AllForOneStrategy(3, 500, SupervisorStrategy.DefaultDecider);
        Assert.Equal(all, all.ToSurrogate(Sys).FromSurrogate(Sys));
    }

    [Fact]
    public void Has_no_surrogate_when_it_decides_by_a_function() =>
        Assert.Throws<NotSupportedException>(() => new OneForOneStrategy(_ => Directive.Stop).ToSurrogate(Sys));
}
