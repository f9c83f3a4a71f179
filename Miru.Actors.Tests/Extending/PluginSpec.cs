using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Extending;

/// <summary>A plugin lends a hand when instances of actors come and go.</summary>
public class PluginSpec : ActorSpec
{
    private ActorProducerPipelineResolver Plugins => ((ExtendedActorSystem)Sys).ActorPipelineResolver;

    [Fact]
    public void Meets_each_new_instance_before_its_PreStart()
    {
        Plugins.Register(new Plugin(TestActor));
        Start(a => a.Starting = () => TestActor.Tell("PreStart"));
        ExpectMsg("after");
        ExpectMsg("PreStart");
    }

    [Fact]
    public void Meets_an_instance_after_its_last_word()
    {
        Plugins.Register(new Plugin(TestActor));
        var actor = Start(a =>
        {
            a.Stopped = () => TestActor.Tell("PostStop");
            a.On<Exception>(Throw);
        });
        ExpectMsg("after");
        actor.Tell(new Boom());
        foreach (var step in new[] { "PostStop", "before", "after" }) ExpectMsg(step);
        Sys.Stop(actor);
        foreach (var step in new[] { "PostStop", "before" }) ExpectMsg(step);
    }

    [Fact]
    public void Does_not_harm_an_actor_by_its_failure()
    {
        Plugins.Register(new Plugin(TestActor) { Fails = true });
        var actor = Start(Echo);
        ExpectMsg("after");
        actor.Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    [Fact]
    public void Is_registered_once_and_meets_nobody_when_it_is_gone()
    {
        var plugin = new Plugin(TestActor);
        Assert.True(Plugins.Register(plugin));
        Assert.False(Plugins.Register(plugin));
        Assert.True(Plugins.IsRegistered(plugin));
        Assert.True(Plugins.Unregister(plugin));
        Assert.False(Plugins.IsRegistered(plugin));
        Start(Echo).Tell("alive", TestActor);
        ExpectMsg("alive");
    }

    private sealed class Plugin(IActorRef observer) : IActorProducerPlugin
    {
        public bool Fails { get; init; }

        public bool CanBeAppliedTo(Type actorType) => actorType == typeof(Scripted);

        public void AfterIncarnated(ActorBase actor, IActorContext context) => Observe("after");

        public void BeforeIncarnated(ActorBase actor, IActorContext context) => Observe("before");

        private void Observe(string what)
        {
            observer.Tell(what);
            if (Fails) throw new Boom();
        }
    }
}
