using Akka.Actor;
using Akka.TestKit.TestActors;
using Xunit;
using Xunit.Sdk;

namespace Miru.Actors.Tests.TestKit;

/// <summary>What a test can expect of messages, and how it fails.</summary>
public class ExpectSpec : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Takes_messages_in_the_order_in_which_they_came()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");
        Assert.Equal("a", ExpectMsg<string>());
        ExpectMsg("b");
        Assert.False(HasMessages);
    }

    [Fact]
    public void Fails_for_a_message_of_another_type()
    {
        TestActor.Tell(1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>());
    }

    [Fact]
    public void Fails_for_an_unequal_message()
    {
        TestActor.Tell("b");
        Assert.ThrowsAny<XunitException>(() => ExpectMsg("a"));
    }

    [Fact]
    public void Fails_when_nothing_comes_in_time() => Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Short));

    [Fact]
    public void Takes_a_message_that_a_predicate_likes_and_fails_for_others()
    {
        TestActor.Tell(1);
        TestActor.Tell(2);
        ExpectMsg<int>(number => number == 1);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(number => number == 1));
    }

    [Fact]
    public void Passes_on_what_an_assertion_throws()
    {
        TestActor.Tell(1);
        Assert.Throws<InvalidOperationException>(() => ExpectMsg<int>(_ => throw new InvalidOperationException()));
    }

    [Fact]
    public void Shows_message_and_sender()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("hello", probe.Ref);
        ExpectMsg<string>((message, sender) => message == "hello" && sender.Equals(probe.Ref));
        Assert.Equal("hello", LastMessage);
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact]
    public void Takes_a_message_only_from_the_sender_that_is_expected()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("mine", probe.Ref);
        TestActor.Tell("other", ActorRefs.Nobody);
        ExpectMsgFrom(probe.Ref, "mine");
        Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom<string>(probe.Ref));
    }

    [Fact]
    public void Takes_several_messages_in_any_order()
    {
        foreach (var message in new[] { "c", "a", "b" }) TestActor.Tell(message);
        Assert.Equal(3, ExpectMsgAllOf("a", "b", "c").Count);
        TestActor.Tell("x");
        Assert.Equal("x", ExpectMsgAnyOf(new[] { "x", "y" }));
    }

    [Fact]
    public void Fails_when_one_of_several_messages_is_another()
    {
        TestActor.Tell("a");
        TestActor.Tell("x");
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf("a", "b"));
    }

    [Fact]
    public void Passes_silence_and_fails_for_noise()
    {
        ExpectNoMsg(Short);
        TestActor.Tell("noise");
        Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Short));
    }

    [Fact]
    public void Sees_the_end_of_an_actor_it_watches()
    {
        var actor = Sys.ActorOf<BlackHoleActor>();
        Watch(actor);
        Sys.Stop(actor);
        Assert.Equal(actor, ExpectTerminated(actor).ActorRef);
    }

    [Fact]
    public void Does_not_see_the_end_of_an_actor_it_watches_no_longer()
    {
        var actor = Sys.ActorOf<BlackHoleActor>();
        Watch(actor);
        Unwatch(actor);
        Sys.Stop(actor);
        ExpectNoMsg(Short);
    }

    [Fact]
    public void Is_the_sender_of_what_the_test_tells()
    {
        var echo = Sys.ActorOf(SimpleEchoActor.Props());
        echo.Tell("hello");
        ExpectMsg("hello");
    }

    [Fact]
    public async Task Is_still_the_sender_after_an_await()
    {
        var echo = Sys.ActorOf(SimpleEchoActor.Props());
        await Task.Yield();
        echo.Tell("hello");
        await ExpectMsgAsync("hello");
        echo.Tell("again");
        Assert.Equal("again", await ExpectMsgAsync<string>());
    }

    [Fact]
    public async Task Expects_without_blocking()
    {
        TestActor.Tell("a");
        TestActor.Tell(1);
        await ExpectMsgAsync<string>(text => text == "a");
        await ExpectMsgAsync<int>((number, sender) => number == 1);
        await ExpectNoMsgAsync(Short);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>(Short));
    }
}
