using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Naming;

/// <summary>Where an actor lives.</summary>
public class PathSpec : ActorSpec
{
    [Fact]
    public void Is_written_with_system_and_names()
    {
        var path = Start(Echo, "name").Path;
        Assert.Equal($"akka://{Sys.Name}/user/name", path.ToString());
        Assert.Equal("/user/name", path.ToStringWithoutAddress());
    }

    [Fact]
    public void Has_a_name_a_parent_and_elements()
    {
        var path = Start(Echo, "name").Path;
        Assert.Equal("name", path.Name);
        Assert.Equal("user", path.Parent.Name);
        Assert.Equal(["user", "name"], path.Elements);
        Assert.Equal("akka", path.Address.Protocol);
        Assert.Equal(Sys.Name, path.Address.System);
    }

    [Fact]
    public void Of_a_child_is_that_of_its_parent_and_its_name()
    {
        var parent = Start(a => TestActor.Tell(a.Spawn(Echo, "child")), "parent");
        var child = ExpectMsg<IActorRef>();
        Assert.Equal(parent.Path / "child", child.Path);
        Assert.Equal(parent.Path, child.Path.Parent);
    }

    [Fact]
    public void Can_be_built_downwards()
    {
        var path = ActorPath.Parse("akka://system/user") / "a" / "b";
        Assert.Equal("akka://system/user/a/b", path.ToString());
    }

    [Fact]
    public void Can_be_read_back()
    {
        var path = ActorPath.Parse("akka://system/user/a/b");
        Assert.Equal("akka://system/user/a/b", path.ToString());
        Assert.Equal(["user", "a", "b"], path.Elements);
        Assert.Equal("system", path.Address.System);
    }

    [Theory]
    [InlineData("akka://system/user/a", true)]
    [InlineData("no path", false)]
    [InlineData("", false)]
    public void Can_be_tried(string text, bool valid) => Assert.Equal(valid, ActorPath.TryParse(text, out _));

    [Fact]
    public void Refuses_what_is_no_path() => Assert.Throws<UriFormatException>(() => ActorPath.Parse("no path"));

    [Fact]
    public void Equals_another_with_the_same_names_whatever_the_uid()
    {
        var actor = Start(Echo, "name");
        var parsed = ActorPath.Parse(actor.Path.ToString());
        Assert.Equal(parsed, actor.Path);
        Assert.True(parsed == actor.Path);
        Assert.Equal(parsed.GetHashCode(), actor.Path.GetHashCode());
        Assert.NotEqual(parsed, actor.Path.Parent);
    }

    [Fact]
    public void Has_a_uid_that_no_other_life_has()
    {
        var uids = Enumerable.Range(0, 100).Select(_ => Start(Echo).Path.Uid).ToList();
        Assert.Equal(uids.Count, uids.Distinct().Count());
    }

    [Theory]
    [InlineData("name", true)]
    [InlineData("a-b_c.d", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("$a", false)]
    public void Knows_what_an_element_is(string text, bool valid) => Assert.Equal(valid, ActorPath.IsValidPathElement(text));
}
