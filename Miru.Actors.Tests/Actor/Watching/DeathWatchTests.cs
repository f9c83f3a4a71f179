using Akka.Actor;

namespace Miru.Actors.Tests.Actor.Watching;

public sealed class DeathWatchTests : ActorTest
{
    [Fact]
    public async Task Answers_at_once_for_who_is_dead_already()
    {
        var dead = System.ActorOf(Props.Empty);
        await dead.GracefulStop(Patience);
        System.ActorOf(Props.Create(() => new Mourner(dead, Report)));
        await ExpectAsync(dead);
    }

    [Fact]
    public async Task Comes_after_what_the_dying_actor_sent()
    {
        var mourner = System.ActorOf(Props.Create(() => new Mourner(null, Report)));
        var dying = System.ActorOf(Props.Create(() => new Testator(mourner)));
        mourner.Tell(dying);
        await mourner.Ask<ActorIdentity>(new Identify(1), Patience);
        System.Stop(dying);
        await ExpectAsync("testament", dying);
    }

    private sealed class Mourner : ReceiveActor
    {
        public Mourner(IActorRef first, Action<object> report)
        {
            if (first is not null) Context.Watch(first);
            Receive<IActorRef>(subject => Context.Watch(subject));
            Receive<Terminated>(terminated => report(terminated.ActorRef));
            ReceiveAny(report);
        }
    }

    private sealed class Testator(IActorRef heir) : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);

        protected override void PostStop() => heir.Tell("testament");
    }
}
