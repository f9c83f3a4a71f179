using Akka.Actor;

namespace Miru.Actors.Tests.Actor.Stashing;

public sealed class StashTests : ActorTest
{
    [Fact]
    public async Task Returns_messages_in_order_before_those_that_came_later()
    {
        var actor = System.ActorOf(Props.Create(() => new Locked(Report)));
        foreach (var message in new[] { "a", "b", "open", "c" }) actor.Tell(message);
        await ExpectAsync("a", "b", "c");
    }

    private sealed class Locked : ReceiveActor, IWithUnboundedStash
    {
        public Locked(Action<object> report)
        {
            Receive<string>(text => text == "open", _ =>
            {
                Become(() => Receive<string>(text => report(text)));
                Stash.UnstashAll();
            });
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; }
    }
}
