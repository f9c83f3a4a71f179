using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Timing;

/// <summary>An actor learns that it has heard nothing for a while.</summary>
public class ReceiveTimeoutSpec : VirtualTimeSpec
{
    [Fact]
    public void Comes_when_nothing_else_came()
    {
        StartListener(Second);
        Pass(Second);
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void Comes_again_when_nothing_comes_still()
    {
        var actor = StartListener(Second);
        for (var i = 0; i < 3; i++)
        {
            Pass(Second);
            ExpectMsg<ReceiveTimeout>();
            AwaitRearmed(actor);
        }
    }

    [Fact]
    public void Starts_anew_with_every_message()
    {
        var actor = StartListener(Second);
        for (var i = 0; i < 3; i++)
        {
            Pass(0.9 * Second);
            Say(actor, "message");
        }
        Pass(0.9 * Second);
        Say(actor, "still no timeout");
        Pass(Second);
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void Is_not_influenced_by_messages_that_say_so()
    {
        var actor = StartListener(Second);
        Pass(0.9 * Second);
        actor.Tell(new Whisper());
        ExpectMsg<Whisper>();
        Pass(0.1 * Second);
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void Is_switched_off_by_null()
    {
        var actor = StartListener(Second);
        actor.Tell(Off, TestActor);
        ExpectMsg("done");
        Pass(10 * Second);
        Settle(actor);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Can_be_set_in_a_handler()
    {
        var actor = StartListener(null);
        actor.Tell((Action<Scripted>)(a => a.Context.SetReceiveTimeout(Second)), TestActor);
        ExpectMsg("done");
        AwaitRearmed(actor);
        Pass(Second);
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void Can_be_read()
    {
        Start(a =>
        {
            TestActor.Tell(a.Context.ReceiveTimeout is null);
            a.Context.SetReceiveTimeout(Second);
            TestActor.Tell(a.Context.ReceiveTimeout);
        });
        ExpectMsg(true);
        ExpectMsg(Second);
    }

    [Fact]
    public void Comes_to_nobody_after_a_stop()
    {
        var deadLetters = ListenToDeadLetters();
        var actor = StartListener(Second);
        Sys.Stop(actor);
        AwaitDeath(actor);
        Pass(Second);
        deadLetters.ExpectNoMsg(Silence);
    }

    private static readonly Action<Scripted> Off = a => a.Context.SetReceiveTimeout(null);

    private IActorRef StartListener(TimeSpan? timeout)
    {
        var actor = Start(a =>
        {
            a.Context.SetReceiveTimeout(timeout);
            a.On<Action<Scripted>>(action =>
            {
                action(a);
                a.Sender.Tell("done");
            });
            a.OnAny(TestActor.Tell);
        });
        AwaitRearmed(actor);
        return actor;
    }

    // The answer to the second message proves that the first is done with, and the timeout set anew.
    private void Say(IActorRef actor, string text)
    {
        actor.Tell(text);
        ExpectMsg(text);
        AwaitRearmed(actor);
    }

    private void AwaitRearmed(IActorRef actor)
    {
        actor.Tell(new Whisper());
        ExpectMsg<Whisper>();
    }

    private sealed class Whisper : INotInfluenceReceiveTimeout;
}
