using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Creation;

/// <summary>The recipe of an actor.</summary>
public class PropsSpec : ActorSpec
{
    [Fact]
    public void Evaluates_the_arguments_once_for_all_actors_and_incarnations()
    {
        var props = Props.Create(() => new Holder(Guid.NewGuid()));
        var (one, other) = (Sys.ActorOf(props), Sys.ActorOf(props));
        one.Tell("what", TestActor);
        var first = ExpectMsg<object>();
        one.Tell(new Boom());
        one.Tell("what", TestActor);
        ExpectMsg(first);
        other.Tell("what", TestActor);
        ExpectMsg(first);
    }

    [Fact]
    public void Evaluates_the_arguments_when_it_is_made_and_not_later()
    {
        var value = "early";
        var props = Props.Create(() => new Holder(value + "!"));
        value = "late";
        Sys.ActorOf(props).Tell("what", TestActor);
        ExpectMsg("early!");
    }

    [Fact]
    public void Shares_a_mutable_argument_between_incarnations()
    {
        var list = new List<string>();
        var actor = Sys.ActorOf(Props.Create(() => new Holder(list)));
        actor.Tell(new Boom());
        actor.Tell("what", TestActor);
        Assert.Same(list, ExpectMsg<List<string>>());
    }

    [Fact]
    public void Constructs_a_new_instance_for_every_actor()
    {
        var props = Props.Create(() => new Counter());
        var (one, other) = (Sys.ActorOf(props), Sys.ActorOf(props));
        one.Tell("count", TestActor);
        ExpectMsg(1);
        other.Tell("count", TestActor);
        ExpectMsg(1);
    }

    [Fact]
    public void Passes_arguments_to_the_constructor_that_fits()
    {
        Sys.ActorOf(Props.Create<Holder>("text")).Tell("what", TestActor);
        ExpectMsg("text");
    }

    [Fact]
    public void Takes_a_type_and_arguments()
    {
        Sys.ActorOf(Props.Create(typeof(Holder), 7)).Tell("what", TestActor);
        ExpectMsg(7);
    }

    [Fact]
    public void Takes_a_type_without_arguments()
    {
        Sys.ActorOf(Props.Create<Counter>()).Tell("count", TestActor);
        ExpectMsg(1);
        Sys.ActorOf<Counter>().Tell("count", TestActor);
        ExpectMsg(1);
    }

    [Fact]
    public void Ends_an_actor_whose_arguments_fit_no_constructor()
    {
        var actor = Sys.ActorOf(Props.Create<Counter>("too", "many"));
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Knows_its_type() => Assert.Equal(typeof(Counter), Props.Create(() => new Counter()).Type);

    [Fact]
    public void Is_changed_by_making_another()
    {
        var props = Props.Create(() => new Counter());
        var changed = props.WithDispatcher("other").WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy);
        Assert.NotSame(props, changed);
        Assert.NotEqual("other", props.Dispatcher);
        Assert.Equal("other", changed.Dispatcher);
        Assert.Same(SupervisorStrategy.StoppingStrategy, changed.SupervisorStrategy);
        Assert.Equal(typeof(Counter), changed.Type);
    }

    [Fact]
    public void Asks_a_producer_for_each_incarnation_and_gives_every_one_back()
    {
        var producer = new Producer();
        var actor = Sys.ActorOf(Props.CreateBy(producer));
        actor.Tell("count", TestActor);
        ExpectMsg(1);
        actor.Tell(new Boom());
        actor.Tell("count", TestActor);
        ExpectMsg(1);
        Assert.Equal(2, producer.Produced);
        Sys.Stop(actor);
        AwaitDeath(actor);
        AwaitAssert(() => Assert.Equal(2, producer.Released));
    }

    private sealed class Holder(object value) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Exception cause) throw cause;
            Sender.Tell(value);
        }
    }

    private sealed class Counter : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            if (message is Exception cause) throw cause;
            Sender.Tell(++_count);
        }
    }

    private sealed class Producer : IIndirectActorProducer
    {
        private int _produced;
        private int _released;

        public int Produced => Volatile.Read(ref _produced);

        public int Released => Volatile.Read(ref _released);

        public Type ActorType => typeof(Counter);

        public ActorBase Produce()
        {
            Interlocked.Increment(ref _produced);
            return new Counter();
        }

        public void Release(ActorBase actor) => Interlocked.Increment(ref _released);
    }
}
