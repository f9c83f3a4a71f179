using System.Collections.Concurrent;
using Akka.Actor;
using Miru.Agent.Hosting;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Hosting;

public sealed class WatchdogTests : VirtualTimeKit
{
    private static readonly TimeSpan Half = TimeSpan.FromSeconds(15);

    private readonly ConcurrentQueue<string> _told = new();

    [Fact]
    public void Gives_a_sign_of_life_each_round_in_which_every_hop_answered()
    {
        Start(CreateTestProbe(), CreateTestProbe());
        AwaitAssert(() => Assert.Equal(["WATCHDOG=1"], _told));

        AwaitAssert(() =>
        {
            Advance(Half);
            Assert.InRange(_told.Count, 2, int.MaxValue);
        });
    }

    [Fact]
    public async Task One_hop_that_does_not_answer_is_enough_for_silence()
    {
        // Nobody answers nothing, like an actor that hangs.
        var watchdog = Start(CreateTestProbe(), ActorRefs.Nobody);
        for (var round = 0; round < 3; round++)
        {
            await watchdog.Ask<ActorIdentity>(new Identify(null), Patience);
            Advance(Half);
        }

        Assert.Empty(_told);
    }

    private IActorRef Start(params IActorRef[] hops)
    {
        IReadOnlyList<IActorRef> watched = hops;
        var manager = new NotifySocket(_told.Enqueue, 2 * Half);
        return Sys.ActorOf(Props.Create(() => new Watchdog(watched, manager)));
    }
}
