using System.Collections;
using Akka.Actor;
using Xunit;
using Xunit.Sdk;

namespace Miru.Actors.Tests.TestKit;

/// <summary>Taking messages as they come.</summary>
public class ReceiveSpec : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    private void Send(params object[] messages)
    {
        foreach (var message in messages) TestActor.Tell(message);
    }

    [Fact]
    public void Yields_null_when_nothing_comes()
    {
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Assert.Null(ReceiveOne(Short));
        Assert.Null(PeekOne(TimeSpan.Zero));
    }

    [Fact]
    public void Leaves_a_message_where_it_is_when_it_only_looks()
    {
        Send("a");
        Assert.Equal("a", PeekOne());
        Assert.Equal("a", ReceiveOne());
        Assert.False(HasMessages);
    }

    [Fact]
    public void Takes_as_many_as_asked_for()
    {
        Send(1, 2, 3);
        Assert.Equal([1, 2], ReceiveN(2));
        Assert.ThrowsAny<XunitException>(() => ReceiveN(2, Short));
    }

    [Fact]
    public void Takes_messages_while_a_filter_makes_something_of_them()
    {
        Send(1, 2, "stop", 3);
        Assert.Equal(["1", "2"], ReceiveWhile(message => message is int number ? number.ToString() : null, Short));
        ExpectMsg("stop");
    }

    [Fact]
    public void Throws_messages_away_until_it_finds_the_right_one()
    {
        Send(1, "x", 5, 7);
        var others = new ArrayList();
        Assert.Equal(5, FishForMessage<int>(number => number > 1, others));
        Assert.Equal([1, "x"], others.Cast<object>());
        ExpectMsg(7);
    }

    [Fact]
    public void Fails_when_it_finds_nothing_in_time()
    {
        Send(1);
        Assert.ThrowsAny<XunitException>(() => FishForMessage<int>(number => number > 1, Short));
    }

    [Fact]
    public void Hides_messages_that_are_to_be_ignored()
    {
        IgnoreMessages<string>();
        Send("hidden", 1);
        ExpectMsg(1);
        IgnoreNoMessages();
        Send("seen");
        ExpectMsg("seen");
    }
}
