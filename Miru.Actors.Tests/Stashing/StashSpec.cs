using Akka.Actor;
using Akka.Event;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Stashing;

/// <summary>Messages put aside, and where they come back.</summary>
public class StashSpec : ActorSpec
{
    [Fact]
    public void Brings_all_back_in_order_before_what_waits()
    {
        var gate = new Gate();
        var actor = StartWithStash(a =>
        {
            a.On<int>(_ => a.Stash.Stash());
            a.On<Gate>(held =>
            {
                held.Pass();
                a.Become(() => a.OnAny(TestActor.Tell));
                a.Stash.UnstashAll();
            });
        });
        for (var i = 0; i < 5; i++) actor.Tell(i);
        actor.Tell(gate);
        actor.Tell("waiting");
        gate.Open();
        for (var i = 0; i < 5; i++) ExpectMsg(i);
        ExpectMsg("waiting");
    }

    [Fact]
    public void Brings_the_oldest_back()
    {
        var actor = StartWithStash(a =>
        {
            a.On<int>(_ => a.Stash.Stash());
            a.On<string>(_ =>
            {
                a.BecomeStacked(() => a.On<int>(number =>
                {
                    TestActor.Tell(number);
                    a.UnbecomeStacked();
                }));
                a.Stash.Unstash();
            });
        });
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("one");
        ExpectMsg(1);
        actor.Tell("one");
        ExpectMsg(2);
    }

    [Fact]
    public void Keeps_the_sender()
    {
        var actor = StartWithStash(a =>
        {
            a.On<int>(_ => a.Stash.Stash());
            a.On<string>(_ =>
            {
                a.Become(() => Echo(a));
                a.Stash.UnstashAll();
            });
        });
        actor.Tell(1, TestActor);
        actor.Tell("open", ActorRefs.NoSender);
        ExpectMsg(1);
    }

    [Fact]
    public void Has_nothing_to_bring_back_when_it_is_empty()
    {
        var actor = StartWithStash(a => a.On<string>(text =>
        {
            a.Stash.Unstash();
            a.Stash.UnstashAll();
            a.Sender.Tell(text);
        }));
        actor.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Says_how_full_it_is()
    {
        var actor = StartWithStash(a =>
        {
            a.On<int>(_ => a.Stash.Stash());
            a.On<string>(_ => a.Sender.Tell((a.Stash.Count, a.Stash.IsEmpty, a.Stash.NonEmpty, a.Stash.IsFull)));
        });
        actor.Tell("how full", TestActor);
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("how full", TestActor);
        ExpectMsg((0, true, false, false));
        ExpectMsg((2, false, true, false));
    }

    [Fact]
    public void Refuses_the_same_message_twice()
    {
        var actor = StartWithStash(a => a.On<string>(_ =>
        {
            a.Stash.Stash();
            TestActor.Tell(Record.Exception(a.Stash.Stash));
        }));
        actor.Tell("twice");
        ExpectMsg<IllegalActorStateException>();
    }

    [Fact]
    public void Takes_a_message_again_that_it_brought_back()
    {
        var seen = 0;
        var actor = StartWithStash(a =>
        {
            a.On<int>(number =>
            {
                if (++seen < 3) a.Stash.Stash();
                else TestActor.Tell(number);
            });
            a.On<string>(_ => a.Stash.UnstashAll());
        });
        actor.Tell(7);
        actor.Tell("again");
        actor.Tell("again");
        ExpectMsg(7);
    }

    [Fact]
    public void Can_be_cleared_into_the_hands_of_the_actor()
    {
        var actor = StartWithStash(a =>
        {
            a.On<int>(_ => a.Stash.Stash());
            a.On<string>(_ =>
            {
                var cleared = a.Stash.ClearStash().ToList();
                a.Stash.UnstashAll();
                TestActor.Tell(cleared.Select(envelope => (envelope.Message, envelope.Sender)).ToList());
                TestActor.Tell(a.Stash.Count);
            });
        });
        actor.Tell(1, TestActor);
        actor.Tell(2, TestActor);
        actor.Tell("clear");
        Assert.Equal([(1, TestActor), (2, TestActor)], ExpectMsg<List<(object, IActorRef)>>());
        ExpectMsg(0);
    }

    [Fact]
    public void Can_be_given_messages_that_come_before_the_others()
    {
        var actor = StartWithStash(a =>
        {
            a.On<int>(_ => a.Stash.Stash());
            a.On<string>(_ =>
            {
                a.Stash.Prepend([new Envelope(1, TestActor), new Envelope(2, TestActor)]);
                a.Become(() => a.OnAny(TestActor.Tell));
                a.Stash.UnstashAll();
            });
        });
        actor.Tell(3);
        actor.Tell("prepend");
        for (var i = 1; i <= 3; i++) ExpectMsg(i);
    }

    [Fact]
    public void Brings_back_what_fits()
    {
        var actor = StartWithStash(a =>
        {
            a.On<int>(_ => a.Stash.Stash());
            a.On<string>(_ =>
            {
                a.Become(() => a.OnAny(TestActor.Tell));
                a.Stash.UnstashAll(envelope => envelope.Message is 2 or 4);
            });
        });
        for (var i = 1; i <= 5; i++) actor.Tell(i);
        actor.Tell("even");
        ExpectMsg(2);
        ExpectMsg(4);
    }

    [Fact]
    public void Goes_to_the_front_of_the_mailbox_in_order_at_a_restart()
    {
        var gate = new Gate();
        var constructed = 0;
        var actor = StartWithStash(a =>
        {
            a.On<Exception>(cause =>
            {
                gate.Pass();
                throw cause;
            });
            if (constructed++ == 0) a.On<int>(_ => a.Stash.Stash());
            else a.OnAny(TestActor.Tell);
        });
        for (var i = 0; i < 3; i++) actor.Tell(i);
        actor.Tell(new Boom());
        actor.Tell("waiting");
        gate.Open();
        for (var i = 0; i < 3; i++) ExpectMsg(i);
        ExpectMsg("waiting");
    }

    [Fact]
    public void Goes_to_dead_letters_at_a_stop()
    {
        var deadLetters = ListenToDeadLetters();
        var actor = StartWithStash(a => a.On<int>(_ => a.Stash.Stash()));
        actor.Tell(1, TestActor);
        actor.Tell(2, TestActor);
        actor.Tell(PoisonPill.Instance);
        foreach (var expected in new[] { 1, 2 })
        {
            var letter = deadLetters.ExpectMsg<DeadLetter>();
            Assert.Equal(expected, letter.Message);
            Assert.Equal(actor, letter.Recipient);
        }
    }

    [Fact]
    public void Keeps_a_Terminated_that_was_put_aside_valid()
    {
        var watched = Start(Echo);
        var watcher = StartWithStash(a =>
        {
            a.Context.Watch(watched);
            a.On<Terminated>(_ =>
            {
                a.Stash.Stash();
                TestActor.Tell("stashed");
            });
            a.On<string>(_ =>
            {
                a.Become(() => a.On<Terminated>(terminated => TestActor.Tell(terminated.ActorRef)));
                a.Stash.UnstashAll();
            });
        });
        Settle(watcher);
        Sys.Stop(watched);
        ExpectMsg("stashed");
        watcher.Tell("open");
        Assert.Equal(watched, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Belongs_to_one_actor()
    {
        var (left, right) = (StartWithStash(Collector), StartWithStash(Collector));
        left.Tell(1);
        right.Tell(2);
        right.Tell("open");
        ExpectMsg(2);
        left.Tell("open");
        ExpectMsg(1);

        void Collector(ScriptedWithStash a)
        {
            a.On<int>(_ => a.Stash.Stash());
            a.On<string>(_ =>
            {
                a.Become(() => a.OnAny(TestActor.Tell));
                a.Stash.UnstashAll();
            });
        }
    }
}
