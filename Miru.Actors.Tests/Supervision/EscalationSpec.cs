using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Supervision;

/// <summary>A supervisor that does not know what to do fails itself, with the failure of its child.</summary>
public class EscalationSpec : ActorSpec
{
    private static readonly OneForOneStrategy Escalating = new(_ => Directive.Escalate);

    [Fact]
    public void Restarts_the_supervisor_with_the_failure_of_its_child()
    {
        var child = StartTwoGenerations(Directive.Restart);
        var boom = new Boom();
        child.Tell(boom);
        Assert.Same(boom, ExpectMsg<Boom>());
        ExpectMsg("parent constructed");
    }

    [Fact]
    public void Stops_all_siblings_of_the_failing_child()
    {
        var siblings = CreateTestProbe();
        var child = StartTwoGenerations(Directive.Restart, parent => siblings.Watch(parent.Spawn(Echo, "sibling")));
        child.Tell(new Boom());
        siblings.ExpectMsg<Terminated>(terminated => terminated.ActorRef.Path.Name == "sibling");
    }

    [Fact]
    public void Resumes_child_and_supervisor_when_the_grandparent_says_so()
    {
        var child = StartTwoGenerations(Directive.Resume);
        child.Tell(new Boom());
        child.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Stops_the_supervisor_and_so_the_child_when_the_grandparent_says_so()
    {
        var child = StartTwoGenerations(Directive.Stop);
        Watch(child);
        child.Tell(new Boom());
        ExpectTerminated(child);
    }

    [Fact]
    public void Climbs_as_far_as_nobody_decides()
    {
        var born = CreateTestProbe();
        Start(top =>
        {
            top.Strategy = new OneForOneStrategy(cause =>
            {
                TestActor.Tell(cause);
                return Directive.Stop;
            });
            top.Spawn(middle =>
            {
                middle.Strategy = Escalating;
                middle.Spawn(parent =>
                {
                    parent.Strategy = Escalating;
                    born.Ref.Tell(parent.Spawn(EchoOrFail));
                });
            });
        });
        var boom = new Boom();
        born.ExpectMsg<IActorRef>().Tell(boom);
        Assert.Same(boom, ExpectMsg<Boom>());
    }

    private IActorRef StartTwoGenerations(Directive verdict, Action<Scripted> more = null)
    {
        var born = CreateTestProbe();
        var constructed = 0;
        StartUnder(new OneForOneStrategy(_ => verdict), parent =>
        {
            if (constructed++ > 0) TestActor.Tell("parent constructed");
            parent.Strategy = Escalating;
            parent.Restarting = (cause, _) => TestActor.Tell(cause);
            born.Ref.Tell(parent.Spawn(EchoOrFail, "child"));
            more?.Invoke(parent);
        });
        return born.ExpectMsg<IActorRef>();
    }
}
