using Akka.Actor;
using Akka.Event;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Events;

/// <summary>What reaches nobody is published, with all that was written on the envelope.</summary>
public class DeadLetterSpec : ActorSpec
{
    [Fact]
    public void Tells_message_sender_and_recipient()
    {
        var deadLetters = ListenToDeadLetters();
        var actor = StartDead();
        actor.Tell("too late", TestActor);
        var letter = deadLetters.ExpectMsg<DeadLetter>();
        Assert.Equal("too late", letter.Message);
        Assert.Equal(TestActor, letter.Sender);
        Assert.Equal(actor, letter.Recipient);
    }

    [Fact]
    public void Is_made_of_each_waiting_message_of_an_actor_that_stops_in_order()
    {
        var deadLetters = ListenToDeadLetters();
        var gate = new Gate();
        var actor = Start(a => a.On<Gate>(held =>
        {
            held.Pass();
            a.Context.Stop(a.Self);
        }));
        actor.Tell(gate);
        gate.AwaitArrival();
        for (var i = 0; i < 10; i++) actor.Tell(i, TestActor);
        gate.Open();
        for (var i = 0; i < 10; i++) Assert.Equal(i, deadLetters.ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Is_made_of_what_is_told_to_dead_letters_itself()
    {
        var deadLetters = ListenToDeadLetters();
        Sys.DeadLetters.Tell("lost", TestActor);
        Assert.Equal("lost", deadLetters.ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Is_made_of_an_answer_to_a_message_without_sender()
    {
        var deadLetters = ListenToDeadLetters();
        Start(Echo).Tell("question", ActorRefs.NoSender);
        Assert.Equal("question", deadLetters.ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void Is_not_made_of_what_the_ignoring_reference_is_told()
    {
        var deadLetters = ListenToDeadLetters();
        Sys.IgnoreRef.Tell("ignored", TestActor);
        Start(Echo).Tell("ignored as well", Sys.IgnoreRef);
        deadLetters.ExpectNoMsg(Silence);
    }

    [Fact]
    public void Is_not_made_of_a_second_stop()
    {
        var deadLetters = ListenToDeadLetters();
        Sys.Stop(StartDead());
        deadLetters.ExpectNoMsg(Silence);
    }

    [Fact]
    public void Is_not_made_of_a_death_that_nobody_waits_for_any_more()
    {
        var deadLetters = ListenToDeadLetters();
        var watched = Start(Echo);
        var watcher = Start(a => a.Context.Watch(watched));
        Settle(watcher);
        Sys.Stop(watcher);
        AwaitDeath(watcher);
        Sys.Stop(watched);
        AwaitDeath(watched);
        deadLetters.ExpectNoMsg(Silence);
    }

    [Fact]
    public void Is_of_the_kind_of_all_messages_that_reached_nobody()
    {
        var all = Listen<AllDeadLetters>();
        StartDead().Tell("dead");
        Assert.IsType<DeadLetter>(all.ExpectMsg<AllDeadLetters>());
        Start(a => a.On<int>(_ => { })).Tell("unhandled");
        Assert.IsType<UnhandledMessage>(all.ExpectMsg<AllDeadLetters>());
    }

    private IActorRef StartDead()
    {
        var actor = Start(Echo);
        Sys.Stop(actor);
        AwaitDeath(actor);
        return actor;
    }
}
