using Akka.Actor;
using Akka.Event;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Events;

/// <summary>The bus of a system: who subscribes to a type hears all that is of it.</summary>
public class EventStreamSpec : ActorSpec
{
    private EventStream Stream => Sys.EventStream;

    [Fact]
    public void Brings_an_event_to_a_subscriber_of_its_type()
    {
        Assert.True(Stream.Subscribe(TestActor, typeof(Fruit)));
        var fruit = new Fruit();
        Stream.Publish(fruit);
        Assert.Same(fruit, ExpectMsg<Fruit>());
    }

    [Theory]
    [InlineData(typeof(Fruit))]
    [InlineData(typeof(IEdible))]
    [InlineData(typeof(object))]
    public void Brings_an_event_to_a_subscriber_of_a_more_general_type(Type channel)
    {
        var probe = CreateTestProbe();
        Stream.Subscribe(probe.Ref, channel);
        Stream.Publish(new Apple());
        probe.FishForMessage<object>(message => message is Apple);
    }

    [Fact]
    public void Brings_no_event_to_a_subscriber_of_a_more_special_type()
    {
        Stream.Subscribe(TestActor, typeof(Apple));
        Stream.Publish(new Fruit());
        Stream.Publish(new Apple());
        ExpectMsg<Apple>();
    }

    [Fact]
    public void Brings_an_event_once_to_a_subscriber_of_a_type_and_its_base()
    {
        Stream.Subscribe(TestActor, typeof(Fruit));
        Stream.Subscribe(TestActor, typeof(Apple));
        Stream.Publish(new Apple());
        Stream.Publish(new Fruit());
        ExpectMsg<Apple>();
        Assert.Equal(typeof(Fruit), ExpectMsg<Fruit>().GetType());
    }

    [Fact]
    public void Brings_an_event_to_every_subscriber()
    {
        var probes = Enumerable.Range(0, 5).Select(_ => CreateTestProbe()).ToList();
        foreach (var probe in probes) Stream.Subscribe(probe.Ref, typeof(Fruit));
        Stream.Publish(new Fruit());
        foreach (var probe in probes) probe.ExpectMsg<Fruit>();
    }

    [Fact]
    public void Keeps_the_order_of_a_publisher()
    {
        Stream.Subscribe(TestActor, typeof(int));
        for (var i = 0; i < 100; i++) Stream.Publish(i);
        for (var i = 0; i < 100; i++) ExpectMsg(i);
    }

    [Fact]
    public void Says_whether_a_subscription_is_new()
    {
        Assert.True(Stream.Subscribe<Fruit>(TestActor));
        Assert.False(Stream.Subscribe<Fruit>(TestActor));
    }

    [Fact]
    public void Brings_nothing_any_more_after_unsubscribing_from_a_type()
    {
        Stream.Subscribe<Fruit>(TestActor);
        Stream.Subscribe<int>(TestActor);
        Assert.True(Stream.Unsubscribe<Fruit>(TestActor));
        Assert.False(Stream.Unsubscribe<Fruit>(TestActor));
        Stream.Publish(new Fruit());
        Stream.Publish(1);
        ExpectMsg(1);
    }

    [Fact]
    public void Brings_nothing_any_more_after_unsubscribing_from_everything()
    {
        Stream.Subscribe<Fruit>(TestActor);
        Stream.Subscribe<int>(TestActor);
        Assert.True(Stream.Unsubscribe(TestActor));
        Stream.Publish(new Fruit());
        Stream.Publish(1);
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Has_nothing_to_say_to_nobody() => Assert.Null(Record.Exception(() => Stream.Publish(new Fruit())));

    [Fact]
    public void Forgets_a_subscriber_that_died()
    {
        var subscriber = Start(Echo);
        Stream.Subscribe<Fruit>(subscriber);
        var deadLetters = ListenToDeadLetters();
        Sys.Stop(subscriber);
        AwaitDeath(subscriber);
        AwaitAssert(() =>
        {
            Stream.Publish(new Fruit());
            deadLetters.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        });
    }

    [Fact]
    public void Keeps_the_subscription_of_an_actor_that_is_restarted()
    {
        var subscriber = Start(a =>
        {
            a.On<Exception>(Throw);
            a.On<Fruit>(TestActor.Tell);
        });
        Stream.Subscribe<Fruit>(subscriber);
        subscriber.Tell(new Boom());
        Settle(subscriber);
        Stream.Publish(new Fruit());
        ExpectMsg<Fruit>();
    }

    private interface IEdible;

    private class Fruit : IEdible;

    private sealed class Apple : Fruit;
}
