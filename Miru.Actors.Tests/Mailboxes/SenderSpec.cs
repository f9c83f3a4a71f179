using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Mailboxes;

/// <summary>Who is the sender of a message.</summary>
public class SenderSpec : ActorSpec
{
    [Fact]
    public void Is_the_actor_that_told()
    {
        var receiver = Start(ReportSender);
        var teller = Start(a => a.OnAny(message => receiver.Tell(message)));
        teller.Tell("message");
        Assert.Equal(teller, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Is_the_given_one()
    {
        var sender = CreateTestProbe();
        Start(ReportSender).Tell("message", sender.Ref);
        Assert.Equal(sender.Ref, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Is_dead_letters_when_there_is_none()
    {
        Start(ReportSender).Tell("message", ActorRefs.NoSender);
        Assert.Equal(Sys.DeadLetters, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Stays_the_first_one_when_a_message_is_forwarded()
    {
        var receiver = Start(ReportSender);
        var forwarder = Start(a => a.OnAny(receiver.Forward));
        var sender = CreateTestProbe();
        forwarder.Tell("message", sender.Ref);
        Assert.Equal(sender.Ref, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Can_be_answered()
    {
        Start(Echo).Tell("question", TestActor);
        ExpectMsg("question");
    }

    private void ReportSender(Scripted actor) => actor.OnAny(_ => TestActor.Tell(actor.Sender));
}
