using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Selecting;

/// <summary>Telling whoever lives at a path.</summary>
public class SelectionSpec : ActorSpec
{
    [Theory]
    [InlineData("/user/parent/left")]
    [InlineData("akka://test/user/parent/left")]
    public void Reaches_the_actor_at_an_absolute_path(string path)
    {
        StartFamily();
        Sys.ActorSelection(path).Tell("hello", TestActor);
        ExpectMsg(("left", "hello"));
    }

    [Fact]
    public void Takes_a_path_for_its_text()
    {
        var parent = StartFamily();
        Sys.ActorSelection(parent.Path / "left").Tell("hello", TestActor);
        ExpectMsg(("left", "hello"));
    }

    [Theory]
    [InlineData("left", "left")]
    [InlineData("../parent/right", "right")]
    public void Goes_from_an_actor_along_a_relative_path(string path, string expected)
    {
        StartFamily().Tell(path, TestActor);
        ExpectMsg((expected, "hello"));
    }

    [Fact]
    public void Reaches_a_sibling_over_the_parent()
    {
        StartFamily();
        Sys.ActorSelection("/user/parent/left").Tell("../right", TestActor);
        ExpectMsg(("right", "hello"));
    }

    [Theory]
    [InlineData("/user/parent/*", new[] { "left", "right" })]
    [InlineData("/user/parent/l*", new[] { "left" })]
    [InlineData("/user/parent/?ight", new[] { "right" })]
    [InlineData("/user/*/left", new[] { "left" })]
    public void Reaches_all_that_fit_a_pattern(string path, string[] expected)
    {
        StartFamily();
        Sys.ActorSelection(path).Tell("hello", TestActor);
        Assert.Equal(expected, expected.Select(_ => ExpectMsg<(string, string)>().Item1).Order());
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Reaches_the_actor_that_lives_there_now()
    {
        var old = Start(Echo, "name");
        var selection = Sys.ActorSelection("/user/name");
        Sys.Stop(old);
        AwaitDeath(old);
        AwaitAssert(() => Start(a => a.OnAny(_ => a.Sender.Tell("successor")), "name"));
        selection.Tell("hello", TestActor);
        ExpectMsg("successor");
    }

    [Fact]
    public void Makes_a_dead_letter_where_nobody_lives()
    {
        var deadLetters = ListenToDeadLetters();
        Sys.ActorSelection("/user/nobody").Tell("hello", TestActor);
        var letter = deadLetters.ExpectMsg<Akka.Event.DeadLetter>();
        Assert.Equal("hello", letter.Message);
        Assert.Equal(TestActor, letter.Sender);
    }

    [Fact]
    public async Task Is_resolved_to_a_reference()
    {
        var parent = StartFamily();
        Assert.Equal(parent, await Sys.ActorSelection("/user/parent").ResolveOne(Patience));
    }

    [Fact]
    public async Task Is_not_resolved_where_nobody_lives() =>
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/nobody").ResolveOne(Patience));

    [Fact]
    public void Tells_who_lives_there()
    {
        var parent = StartFamily();
        Sys.ActorSelection("/user/parent").Tell(new Identify("question"), TestActor);
        var identity = ExpectMsg<ActorIdentity>();
        Assert.Equal("question", identity.MessageId);
        Assert.Equal(parent, identity.Subject);
    }

    [Fact]
    public void Tells_that_nobody_lives_there()
    {
        Sys.ActorSelection("/user/nobody").Tell(new Identify("question"), TestActor);
        var identity = ExpectMsg<ActorIdentity>();
        Assert.Equal("question", identity.MessageId);
        Assert.True(identity.Subject.IsNobody());
    }

    [Fact]
    public void Lets_each_of_many_identify_itself()
    {
        StartFamily();
        Sys.ActorSelection("/user/parent/*").Tell(new Identify(1), TestActor);
        var names = new[] { ExpectMsg<ActorIdentity>(), ExpectMsg<ActorIdentity>() }.Select(identity => identity.Subject.Path.Name);
        Assert.Equal(["left", "right"], names.Order());
    }

    [Fact]
    public void Is_answered_by_the_actor_itself_without_its_handlers()
    {
        var actor = Start(a => a.OnAny(TestActor.Tell));
        actor.Tell(new Identify("direct"), TestActor);
        Assert.Equal(actor, ExpectMsg<ActorIdentity>().Subject);
    }

    // Everyone says its name and what it heard; who hears a path passes "hello" on to it.
    private IActorRef StartFamily()
    {
        var born = CreateTestProbe();
        var parent = Start(a =>
        {
            Member(a);
            a.Spawn(Member, "left");
            a.Spawn(Member, "right");
            born.Ref.Tell("born");
        }, "parent");
        born.ExpectMsg("born");
        return parent;

        static void Member(Scripted a) => a.On<string>(text =>
        {
            if (text == "hello") a.Sender.Tell((a.Self.Path.Name, text));
            else a.Context.ActorSelection(text).Tell("hello", a.Sender);
        });
    }
}
