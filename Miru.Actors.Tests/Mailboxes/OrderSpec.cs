using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Mailboxes;

/// <summary>One message at a time, in the order of each sender.</summary>
public class OrderSpec : ActorSpec
{
    private const int Count = 1000;

    [Fact]
    public void Keeps_the_order_of_a_sender()
    {
        var actor = Start(Echo);
        for (var i = 0; i < Count; i++) actor.Tell(i, TestActor);
        for (var i = 0; i < Count; i++) ExpectMsg(i);
    }

    [Fact]
    public void Keeps_the_order_of_each_of_several_senders()
    {
        const int Senders = 4;
        var actor = Start(a => a.On<(int, int)>(message => TestActor.Tell(message)));
        Parallel.For(0, Senders, sender =>
        {
            for (var i = 0; i < Count; i++) actor.Tell((sender, i), ActorRefs.NoSender);
        });
        var next = new int[Senders];
        for (var i = 0; i < Senders * Count; i++)
        {
            var (sender, number) = ExpectMsg<(int, int)>();
            Assert.Equal(next[sender]++, number);
        }
    }

    [Fact]
    public void Handles_one_message_at_a_time()
    {
        var inside = 0;
        var most = 0;
        var handled = 0;
        var actor = Start(a =>
        {
            a.On<int>(_ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                handled++;
                Interlocked.Decrement(ref inside);
            });
            a.On<string>(_ => TestActor.Tell((most, handled)));
        });
        Parallel.For(0, 4 * Count, number => actor.Tell(number, ActorRefs.NoSender));
        actor.Tell("done");
        ExpectMsg((1, 4 * Count));
    }

    [Fact]
    public void Sees_in_one_message_what_it_wrote_in_the_one_before()
    {
        // Plain fields: the mailbox alone carries the writes from thread to thread.
        var actor = Start(a =>
        {
            var sum = 0L;
            a.On<int>(number => sum += number);
            a.On<string>(_ => TestActor.Tell(sum));
        });
        for (var i = 1; i <= Count; i++) actor.Tell(i);
        actor.Tell("sum");
        ExpectMsg(Count * (Count + 1) / 2L);
    }

    [Fact]
    public void Gives_what_an_actor_tells_itself_its_turn()
    {
        var actor = Start(a => a.On<int>(left =>
        {
            if (left == 0) TestActor.Tell("done");
            else a.Self.Tell(left - 1);
        }));
        actor.Tell(Count);
        ExpectMsg("done");
    }

    [Fact]
    public void Carries_ping_pong_between_two_actors()
    {
        var ping = Start(Player);
        var pong = Start(Player);
        ping.Tell(Count, pong);
        ExpectMsg("done");

        void Player(Scripted a) => a.On<int>(left =>
        {
            if (left == 0) TestActor.Tell("done");
            else a.Sender.Tell(left - 1);
        });
    }

    [Fact]
    public void Loses_nothing_when_many_tell_many()
    {
        var actors = Enumerable.Range(0, 20).Select(_ => Start(Echo)).ToList();
        Parallel.ForEach(actors, actor =>
        {
            for (var i = 0; i < 100; i++) actor.Tell(1, TestActor);
        });
        ReceiveN(2000);
        ExpectNoMsg(TimeSpan.Zero);
    }
}
