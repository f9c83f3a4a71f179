using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Naming;

/// <summary>Names are unique among siblings, for as long as their bearer lives.</summary>
public class NameSpec : ActorSpec
{
    [Fact]
    public void Refuses_a_name_that_a_sibling_bears()
    {
        Start(Echo, "name");
        Assert.Throws<InvalidActorNameException>(() => Start(Echo, "name"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$dollar")]
    [InlineData("with/slash")]
    [InlineData("with space")]
    [InlineData("schlüssel")]
    [InlineData("100%")]
    public void Refuses_a_name_that_is_no_path_element(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Start(Echo, name));

    [Theory]
    [InlineData("simple")]
    [InlineData("with-dash_and.dot")]
    [InlineData("client-7@host:1")]
    [InlineData("50%25")]
    public void Takes_a_name_that_is_a_path_element(string name) => Assert.Equal(name, Start(Echo, name).Path.Name);

    [Fact]
    public void Takes_the_same_name_under_another_parent()
    {
        var (left, right) = (Start(a => TestActor.Tell(a.Spawn(Echo, "name"))), Start(a => TestActor.Tell(a.Spawn(Echo, "name"))));
        var children = new[] { ExpectMsg<IActorRef>(), ExpectMsg<IActorRef>() };
        Assert.Equal(new[] { left, right }.Select(parent => parent.Path).Order(), children.Select(child => child.Path.Parent).Order());
    }

    [Fact]
    public void Makes_a_unique_name_up_when_none_is_given()
    {
        var names = Enumerable.Range(0, 100).Select(_ => Start(Echo).Path.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.StartsWith("$", name));
    }

    [Fact]
    public void Keeps_a_name_reserved_until_the_parent_has_seen_the_end()
    {
        var parent = Start(a =>
        {
            var child = a.Context.Watch(a.Spawn(Echo, "child"));
            a.On<string>(_ =>
            {
                a.Context.Stop(child);
                TestActor.Tell(Record.Exception(() => a.Spawn(Echo, "child")));
            });
            a.On<Terminated>(_ => TestActor.Tell(a.Spawn(Echo, "child").Path.Name));
        });
        parent.Tell("stop");
        ExpectMsg<InvalidActorNameException>();
        ExpectMsg("child");
    }

    [Fact]
    public void Frees_the_name_of_an_actor_that_could_not_start()
    {
        var attempts = 0;
        Start(a =>
        {
            a.Context.Watch(a.Spawn(Failing, "child"));
            a.On<Terminated>(_ => a.Context.Watch(a.Spawn(Failing, "child")));
        });
        ExpectMsg("third time lucky");

        void Failing(Scripted child)
        {
            if (++attempts < 3) throw new Boom();
            TestActor.Tell("third time lucky");
        }
    }

    [Fact]
    public void Is_no_failure_of_the_actor_to_have_tried_a_taken_name()
    {
        var actor = Start(a =>
        {
            a.Spawn(Echo, "child");
            a.On<string>(text => a.Sender.Tell(Record.Exception(() => a.Spawn(Echo, "child")) is InvalidActorNameException ? text : "taken twice"));
        });
        actor.Tell("refused", TestActor);
        ExpectMsg("refused");
    }
}
