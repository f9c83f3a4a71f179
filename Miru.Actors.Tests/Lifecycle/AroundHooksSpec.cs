using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Lifecycle;

/// <summary>The hooks around the hooks, for those who build on actors.</summary>
public class AroundHooksSpec : ActorSpec
{
    [Fact]
    public void Wrap_each_step_of_a_life()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Observed(TestActor)));
        actor.Tell("hello");
        actor.Tell(new Boom());
        actor.Tell(PoisonPill.Instance);
        foreach (var step in new[] { "PreStart", "Receive", "Receive", "PreRestart", "PostRestart", "PostStop" }) ExpectMsg("around " + step);
    }

    [Fact]
    public void Can_keep_a_message_from_the_handlers()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Deaf(TestActor)));
        actor.Tell("swallow");
        actor.Tell("pass");
        ExpectMsg("pass");
    }

    private sealed class Observed(IActorRef listener) : UntypedActor
    {
        public override void AroundPreStart()
        {
            listener.Tell("around PreStart");
            base.AroundPreStart();
        }

        public override void AroundPostStop()
        {
            listener.Tell("around PostStop");
            base.AroundPostStop();
        }

        public override void AroundPreRestart(Exception cause, object message)
        {
            listener.Tell("around PreRestart");
            base.AroundPreRestart(cause, message);
        }

        public override void AroundPostRestart(Exception cause, object message)
        {
            listener.Tell("around PostRestart");
            base.AroundPostRestart(cause, message);
        }

        protected override bool AroundReceive(Receive receive, object message)
        {
            listener.Tell("around Receive");
            return base.AroundReceive(receive, message);
        }

        protected override void OnReceive(object message)
        {
            if (message is Exception cause) throw cause;
        }

        protected override void PreRestart(Exception reason, object message)
        {
        }

        protected override void PostRestart(Exception reason)
        {
        }
    }

    private sealed class Deaf(IActorRef listener) : UntypedActor
    {
        protected override bool AroundReceive(Receive receive, object message) => message is "swallow" || base.AroundReceive(receive, message);

        protected override void OnReceive(object message) => listener.Tell(message);
    }
}
