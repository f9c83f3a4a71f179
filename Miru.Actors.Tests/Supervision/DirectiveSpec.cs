using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Supervision;

/// <summary>What a supervisor can decide, and what follows.</summary>
public class DirectiveSpec : ActorSpec
{
    private static OneForOneStrategy Always(Directive directive) => new(_ => directive);

    [Fact]
    public void Resume_keeps_the_state_and_drops_the_message()
    {
        var child = StartUnder(Always(Directive.Resume), Counter)[0];
        child.Tell("count", TestActor);
        child.Tell(new Boom());
        child.Tell("count", TestActor);
        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public void Resume_runs_no_hook()
    {
        var child = StartUnder(Always(Directive.Resume), a =>
        {
            a.Stopped = () => TestActor.Tell("PostStop");
            a.Restarting = (_, _) => TestActor.Tell("PreRestart");
            a.Restarted = _ => TestActor.Tell("PostRestart");
            EchoOrFail(a);
        })[0];
        child.Tell(new Boom());
        child.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Resume_keeps_the_children()
    {
        var child = StartUnder(Always(Directive.Resume), a =>
        {
            var grandchild = a.Spawn(Echo);
            a.On<Exception>(Throw);
            a.OnAny(grandchild.Forward);
        })[0];
        child.Tell(new Boom());
        child.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Restart_forgets_the_state()
    {
        var child = StartUnder(Always(Directive.Restart), Counter)[0];
        child.Tell("count", TestActor);
        child.Tell(new Boom());
        child.Tell("count", TestActor);
        ExpectMsg(1);
        ExpectMsg(1);
    }

    [Fact]
    public void Stop_ends_the_actor_and_its_children()
    {
        var child = StartUnder(Always(Directive.Stop), a =>
        {
            a.On<Exception>(Throw);
            a.Stopped = () => TestActor.Tell("child");
            a.Spawn(grandchild => grandchild.Stopped = () => TestActor.Tell("grandchild"));
        })[0];
        child.Tell(new Boom());
        ExpectMsg("grandchild");
        ExpectMsg("child");
    }

    [Fact]
    public void Stop_runs_no_PreRestart()
    {
        var child = StartUnder(Always(Directive.Stop), a =>
        {
            a.On<Exception>(Throw);
            a.Restarting = (_, _) => TestActor.Tell("PreRestart");
            a.Stopped = () => TestActor.Tell("PostStop");
        })[0];
        child.Tell(new Boom());
        ExpectMsg("PostStop");
    }

    [Fact]
    public void Stop_makes_the_waiting_messages_dead_letters()
    {
        var gate = new Gate();
        var deadLetters = ListenToDeadLetters();
        var child = StartUnder(Always(Directive.Stop), a =>
        {
            a.On<Exception>(cause =>
            {
                gate.Pass();
                throw cause;
            });
            a.On<string>(TestActor.Tell);
        })[0];
        child.Tell(new Boom());
        child.Tell("waiting");
        gate.Open();
        Assert.Equal("waiting", deadLetters.ExpectMsg<Akka.Event.DeadLetter>().Message);
    }

    [Fact]
    public void The_decision_depends_on_the_cause()
    {
        var strategy = new OneForOneStrategy(cause => cause switch
        {
            ArgumentException => Directive.Resume,
            Boom => Directive.Restart,
            _ => Directive.Stop,
        });
        var child = StartUnder(strategy, Counter)[0];
        Watch(child);
        child.Tell("count", TestActor);
        child.Tell(new ArgumentException());
        child.Tell("count", TestActor);
        child.Tell(new Boom());
        child.Tell("count", TestActor);
        child.Tell(new InvalidOperationException());
        ExpectMsg(1);
        ExpectMsg(2);
        ExpectMsg(1);
        ExpectTerminated(child);
    }

    [Fact]
    public void The_decider_runs_in_the_supervisor_which_knows_the_failing_child_as_sender()
    {
        var born = CreateTestProbe();
        Start(parent =>
        {
            parent.Strategy = new OneForOneStrategy(_ =>
            {
                TestActor.Tell((parent.Self, parent.Sender));
                return Directive.Resume;
            });
            born.Ref.Tell((parent.Self, parent.Spawn(EchoOrFail)));
        });
        var family = born.ExpectMsg<(IActorRef, IActorRef)>();
        family.Item2.Tell(new Boom());
        Assert.Equal(family, ExpectMsg<(IActorRef, IActorRef)>());
    }

    private static void Counter(Scripted actor)
    {
        var count = 0;
        actor.On<Exception>(Throw);
        actor.On<string>(_ => actor.Sender.Tell(++count));
    }
}
