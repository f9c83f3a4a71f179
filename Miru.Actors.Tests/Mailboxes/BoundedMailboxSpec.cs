using System.Diagnostics;
using Akka.Actor;
using Akka.Event;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Mailboxes;

/// <summary>A bounded mailbox holds its sender up, then drops. It exists to be recognised, not to be used.</summary>
public class BoundedMailboxSpec : ActorSpec
{
    private const int Capacity = 3;

    private const string Mailboxes = """
        patient { mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka", mailbox-capacity = 3, mailbox-push-timeout-time = 150ms }
        dropping { mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka", mailbox-capacity = 3, mailbox-push-timeout-time = 0s }
        """;

    public BoundedMailboxSpec() : base(Mailboxes)
    {
    }

    [Fact]
    public void Drops_what_has_no_place_to_the_dead_letters_when_the_push_timeout_is_zero()
    {
        var (actor, gate) = StartHeld("dropping");
        var dead = ListenToDeadLetters();

        for (var i = 0; i < Capacity + 2; i++) actor.Tell(i, TestActor);

        Assert.Equal(new object[] { 3, 4 }, dead.ReceiveN(2).Cast<DeadLetter>().Select(letter => letter.Message));
        gate.Open();
        for (var i = 0; i < Capacity; i++) ExpectMsg(i);
    }

    [Fact]
    public void Holds_the_sender_up_for_the_push_timeout_and_then_drops()
    {
        var (actor, gate) = StartHeld("patient");
        var dead = ListenToDeadLetters();
        for (var i = 0; i < Capacity; i++) actor.Tell(i, TestActor);
        var started = Stopwatch.GetTimestamp();

        actor.Tell("late", TestActor);

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(100));
        Assert.Equal("late", dead.ExpectMsg<DeadLetter>().Message);
        gate.Open();
    }

    [Fact]
    public void Gives_a_place_back_for_each_message_it_handles()
    {
        var (actor, gate) = StartHeld("dropping");
        gate.Open();

        for (var i = 0; i < 10 * Capacity; i++)
        {
            actor.Tell(i, TestActor);
            ExpectMsg(i);
        }
    }

    [Fact]
    public void Is_looked_up_when_the_actor_is_made() =>
        Assert.ThrowsAny<Exception>(() => Sys.ActorOf(Script(Echo).WithMailbox("nowhere")));

    /// <summary>An actor that stands before a gate with its first message, so that its mailbox is empty and stays as it is filled.</summary>
    private (IActorRef Actor, Gate Gate) StartHeld(string mailbox)
    {
        var gate = new Gate();
        var actor = Sys.ActorOf(Script(a =>
        {
            a.On<Gate>(held => held.Pass());
            Echo(a);
        }).WithMailbox(mailbox));
        actor.Tell(gate);
        gate.AwaitArrival();
        return (actor, gate);
    }
}
