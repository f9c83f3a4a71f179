using Akka.Actor;
using Akka.Event;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Behaviors;

/// <summary>Which handler gets a message, and what happens to one that nobody takes.</summary>
public class ReceiveSpec : ActorSpec
{
    [Fact]
    public void Takes_the_first_handler_that_fits()
    {
        var actor = Start(a =>
        {
            a.On<object>(_ => TestActor.Tell("first"), message => message is string);
            a.On<string>(_ => TestActor.Tell("second"));
            a.On<int>(_ => TestActor.Tell("third"));
        });
        actor.Tell("text");
        actor.Tell(1);
        ExpectMsg("first");
        ExpectMsg("third");
    }

    [Fact]
    public void Goes_on_to_the_next_handler_when_a_predicate_declines()
    {
        var actor = Start(a =>
        {
            a.On<int>(_ => TestActor.Tell("small"), number => number < 10);
            a.On<int>(_ => TestActor.Tell("large"));
        });
        actor.Tell(1);
        actor.Tell(100);
        ExpectMsg("small");
        ExpectMsg("large");
    }

    [Fact]
    public void Gives_a_handler_of_a_base_type_what_derives_from_it()
    {
        var actor = Start(a =>
        {
            a.On<ArgumentException>(_ => TestActor.Tell("argument"));
            a.On<Exception>(_ => TestActor.Tell("exception"));
            a.On<IComparable>(_ => TestActor.Tell("comparable"));
        });
        actor.Tell(new ArgumentNullException());
        actor.Tell(new Boom());
        actor.Tell("text");
        ExpectMsg("argument");
        ExpectMsg("exception");
        ExpectMsg("comparable");
    }

    [Fact]
    public void Gives_everything_else_to_the_handler_of_any()
    {
        var actor = Start(a =>
        {
            a.On<int>(_ => TestActor.Tell("number"));
            a.OnAny(_ => TestActor.Tell("else"));
        });
        actor.Tell("text");
        actor.Tell(1);
        ExpectMsg("else");
        ExpectMsg("number");
    }

    [Fact]
    public void Takes_handlers_by_type_and_handlers_that_may_decline()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Typed(TestActor)));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("text");
        ExpectMsg("odd");
        ExpectMsg("even");
        ExpectMsg("text of length 4");
    }

    [Fact]
    public void Refuses_a_handler_behind_the_one_of_any()
    {
        Start(a =>
        {
            a.OnAny(_ => { });
            TestActor.Tell(Record.Exception(() => a.On<string>(_ => { })));
        });
        ExpectMsg<InvalidOperationException>();
    }

    [Fact]
    public void Refuses_a_handler_outside_of_constructor_and_become()
    {
        var actor = Start(a => a.On<string>(_ => TestActor.Tell(Record.Exception(() => a.On<int>(_ => { })))));
        actor.Tell("now");
        ExpectMsg<InvalidOperationException>();
    }

    [Fact]
    public void Publishes_what_nobody_takes()
    {
        var unhandled = Listen<UnhandledMessage>();
        var actor = Start(a => a.On<int>(_ => { }));
        actor.Tell("text", TestActor);
        var published = unhandled.ExpectMsg<UnhandledMessage>();
        Assert.Equal("text", published.Message);
        Assert.Equal(TestActor, published.Sender);
        Assert.Equal(actor, published.Recipient);
    }

    [Fact]
    public void Publishes_what_an_actor_declares_unhandled_itself()
    {
        var unhandled = Listen<UnhandledMessage>();
        Start(a => a.On<string>(a.Refuse)).Tell("declined");
        Assert.Equal("declined", unhandled.ExpectMsg<UnhandledMessage>().Message);
    }

    [Fact]
    public void Hands_what_nobody_takes_to_an_override_of_Unhandled()
    {
        var unhandled = Listen<UnhandledMessage>();
        var actor = Start(a => a.Refusing = TestActor.Tell);
        actor.Tell("text");
        ExpectMsg("text");
        unhandled.ExpectNoMsg(Silence);
    }

    [Fact]
    public void Is_no_failure_when_nobody_takes_a_message()
    {
        var actor = Start(a =>
        {
            a.Restarting = (_, _) => TestActor.Tell("restarted");
            a.On<string>(TestActor.Tell);
        });
        actor.Tell(1);
        actor.Tell("alive");
        ExpectMsg("alive");
    }

    private sealed class Typed : ReceiveActor
    {
        public Typed(IActorRef listener)
        {
            Receive<int>(number =>
            {
                if (number % 2 == 0) return false;
                listener.Tell("odd");
                return true;
            });
            Receive(typeof(int), _ => listener.Tell("even"));
            Receive<string>(text => text.Length > 100, _ => listener.Tell("long"));
            Receive(typeof(string), text => listener.Tell("text of length " + ((string)text).Length));
        }
    }
}
