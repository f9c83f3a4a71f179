using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;
using Xunit;

namespace Miru.Actors.Tests.TestKit;

/// <summary>Test actors beside that of the test.</summary>
public class TestProbeSpec : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Can_be_used_as_a_reference()
    {
        var probe = CreateTestProbe();
        probe.Tell("hello");
        probe.ExpectMsg("hello");
        Assert.Equal(probe.Ref.Path, ((IActorRef)probe).Path);
    }

    [Fact]
    public void Tells_and_answers_in_its_own_name()
    {
        var (left, right) = (CreateTestProbe("left"), CreateTestProbe("right"));
        left.Send(right.Ref, "ping");
        right.ExpectMsgFrom(left.Ref, "ping");
        right.Reply("pong");
        left.ExpectMsgFrom(right.Ref, "pong");
        Assert.Equal(right.Ref, left.Sender);
    }

    [Fact]
    public void Forwards_in_the_name_of_who_sent()
    {
        var probe = CreateTestProbe();
        probe.Ref.Tell("hello", TestActor);
        probe.ExpectMsg("hello");
        probe.Forward(Sys.ActorOf(SimpleEchoActor.Props()));
        ExpectMsg("hello");
    }

    [Fact]
    public void Watches_other_actors_and_can_be_watched()
    {
        var (probe, other) = (CreateTestProbe(), CreateTestProbe());
        probe.Watch(other);
        Watch(probe);
        Sys.Stop(other);
        probe.ExpectTerminated(other);
        Sys.Stop(probe);
        ExpectTerminated(probe);
    }

    [Fact]
    public void Makes_children_of_its_own()
    {
        var probe = CreateTestProbe("parent");
        var child = probe.ChildActorOf<BlackHoleActor>("child");
        Assert.Equal("parent", child.Path.Parent.Name);
    }

    [Fact]
    public void Lets_a_pilot_answer_before_the_test_looks()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"re: {message}", ActorRefs.NoSender);
            return message is "last" ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));
        foreach (var message in new[] { "first", "last", "late" }) probe.Ref.Tell(message, TestActor);

        ExpectMsg("re: first");
        ExpectMsg("re: last");
        probe.ExpectMsg("first");
        probe.ExpectMsg("last");
        probe.ExpectMsg("late");
        ExpectNoMsg(50);
    }
}
