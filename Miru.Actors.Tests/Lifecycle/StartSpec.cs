using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Lifecycle;

/// <summary>How an actor comes to life.</summary>
public class StartSpec : ActorSpec
{
    [Fact]
    public void Constructs_starts_then_handles_messages()
    {
        var actor = Start(a =>
        {
            TestActor.Tell("constructed");
            a.Starting = () => TestActor.Tell("started");
            a.On<string>(TestActor.Tell);
        });
        actor.Tell("message");
        ExpectMsg("constructed");
        ExpectMsg("started");
        ExpectMsg("message");
    }

    [Fact]
    public void Returns_the_reference_before_the_constructor_is_done()
    {
        var gate = new Gate();
        var actor = Start(a =>
        {
            gate.Pass();
            Echo(a);
        });
        actor.Tell("early", TestActor);
        gate.Open();
        ExpectMsg("early");
    }

    [Fact]
    public void Keeps_messages_sent_before_the_actor_exists_in_order()
    {
        var gate = new Gate();
        var actor = Start(a =>
        {
            gate.Pass();
            Echo(a);
        });
        for (var i = 0; i < 10; i++) actor.Tell(i, TestActor);
        gate.Open();
        for (var i = 0; i < 10; i++) ExpectMsg(i);
    }

    [Fact]
    public void Knows_itself_and_its_parent_in_the_constructor()
    {
        var actor = Start(a => TestActor.Tell((a.Self, a.Context.Parent.Path.Name)));
        var (self, parent) = ExpectMsg<(IActorRef, string)>();
        Assert.Equal(actor, self);
        Assert.Equal("user", parent);
    }

    [Fact]
    public void Can_create_children_in_the_constructor()
    {
        Start(a => a.Spawn(child => child.Starting = () => TestActor.Tell("child"), "child"));
        ExpectMsg("child");
    }

    [Fact]
    public void Can_create_children_in_PreStart()
    {
        Start(a => a.Starting = () => a.Spawn(child => child.Starting = () => TestActor.Tell("child")));
        ExpectMsg("child");
    }

    [Fact]
    public void Can_tell_itself_something_in_the_constructor()
    {
        Start(a =>
        {
            a.Self.Tell("to myself");
            a.On<string>(TestActor.Tell);
        });
        ExpectMsg("to myself");
    }

    [Fact]
    public void Gives_a_child_its_creator_as_parent()
    {
        var actor = Start(a => a.Spawn(child => TestActor.Tell(child.Context.Parent)));
        Assert.Equal(actor, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void Lists_its_children_and_finds_them_by_name()
    {
        Start(a =>
        {
            var (left, right) = (a.Spawn(Echo, "left"), a.Spawn(Echo, "right"));
            TestActor.Tell(a.Context.GetChildren().Select(child => child.Path.Name).Order().ToList());
            TestActor.Tell(a.Context.Child("left").Equals(left) && a.Context.Child("right").Equals(right));
            TestActor.Tell(a.Context.Child("nobody").IsNobody());
        });
        Assert.Equal(["left", "right"], ExpectMsg<List<string>>());
        ExpectMsg(true);
        ExpectMsg(true);
    }

    [Fact]
    public void Passes_the_props_it_was_made_from_to_the_actor()
    {
        Start(a => TestActor.Tell(a.Context.Props.Type));
        Assert.Equal(typeof(Scripted), ExpectMsg<Type>());
    }
}
