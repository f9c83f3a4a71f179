using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Own;

/// <summary>
/// Where our supervision does better than Akka.NET's: there a resume from above makes an actor whose restart failed construct anew,
/// even though it was told to stop and only waits for its children; and an actor stopped while its restart waits for its children has lost its
/// Self in PostStop, which is the dead letters then. Found by the storms.
/// </summary>
public class StopBeyondAkkaSpec : ActorSpec
{
    [Fact]
    public void An_actor_without_instance_that_is_stopping_stays_so_when_its_parent_is_resumed()
    {
        var gate = new Gate();
        var born = CreateTestProbe();
        var constructed = 0;
        var parent = StartUnder(new OneForOneStrategy(_ => Directive.Resume), p =>
        {
            p.Strategy = new OneForOneStrategy(cause => cause is Boom ? Directive.Restart : Directive.Stop);
            p.On<Exception>(Throw);
            born.Ref.Tell(p.Spawn(a =>
            {
                if (constructed++ > 0) throw new InvalidOperationException("cannot be restarted");
                a.KeepsChildren = true;
                a.On<Exception>(Throw);
                a.Spawn(child => child.Stopped = gate.Pass);
            }));
        })[0];
        var actor = born.ExpectMsg<IActorRef>();
        Watch(actor);
        actor.Tell(new Boom());
        gate.AwaitArrival();
        parent.Tell(new Boom());
        Settle(parent);
        gate.Open();
        ExpectTerminated(actor);
        Assert.Equal(2, constructed);
    }

    [Fact]
    public void An_actor_that_is_stopped_while_its_restart_waits_knows_itself_in_PostStop()
    {
        var gate = new Gate();
        var actor = Start(a =>
        {
            a.KeepsChildren = true;
            a.Restarting = (_, _) => a.Context.Stop(a.Context.GetChildren().Single());
            a.Stopped = () => TestActor.Tell(a.Self);
            a.On<Exception>(Throw);
            a.Spawn(child => child.Stopped = gate.Pass);
        });
        actor.Tell(new Boom());
        gate.AwaitArrival();
        ((IInternalActorRef)actor).Stop();
        gate.Open();
        ExpectMsg(actor);
    }
}
