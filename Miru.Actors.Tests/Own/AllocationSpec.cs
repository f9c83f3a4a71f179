using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Own;

/// <summary>What our runtime promises beyond Akka.NET: a message costs nothing but its place.</summary>
public class AllocationSpec : ActorSpec
{
    private static readonly object Message = new();

    [Fact]
    public void A_tell_allocates_nothing_once_the_mailbox_has_its_size()
    {
        var actor = Start(a =>
        {
            a.On<Gate>(gate => gate.Pass());
            a.OnAny(_ => { });
        });
        TellWhileHeld(actor, 2000);
        Settle(actor);

        Assert.Equal(0, TellWhileHeld(actor, 500));
    }

    /// <summary>Tells while the actor stands before a gate, so that the mailbox fills, and gives the bytes that the teller allocated.</summary>
    private static long TellWhileHeld(IActorRef actor, int messages)
    {
        var gate = new Gate();
        actor.Tell(gate);
        gate.AwaitArrival();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < messages; i++) actor.Tell(Message, ActorRefs.NoSender);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        gate.Open();
        return allocated;
    }
}
