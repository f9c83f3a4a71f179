using Akka.Actor;
using Akka.Serialization;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Naming;

/// <summary>The provider makes and finds the references of a system; as texts they can leave it and come back.</summary>
public class ProviderSpec : ActorSpec
{
    private ExtendedActorSystem System => (ExtendedActorSystem)Sys;

    private IActorRefProvider Provider => System.Provider;

    [Fact]
    public void Finds_an_actor_by_its_path()
    {
        var actor = Start(Echo, "found");
        Assert.Equal(actor, Provider.ResolveActorRef(actor.Path));
        Assert.Equal(actor, Provider.ResolveActorRef(actor.Path.ToString()));
    }

    [Fact]
    public void Finds_the_dead_letters_for_another_system_and_for_a_text_that_is_no_path()
    {
        Assert.Equal(Sys.DeadLetters, Provider.ResolveActorRef("akka://elsewhere/user/found"));
        Assert.Equal(Sys.DeadLetters, Provider.ResolveActorRef("not a path"));
    }

    [Fact]
    public void Gives_a_reference_to_the_dead_where_nobody_lives()
    {
        var deadLetters = ListenToDeadLetters();
        var nobody = Provider.ResolveActorRef($"akka://{Sys.Name}/user/nobody");
        nobody.Tell("anybody?");
        Assert.Equal("nobody", nobody.Path.Name);
        deadLetters.ExpectMsg<Akka.Event.DeadLetter>(letter => letter.Message is "anybody?");
    }

    [Fact]
    public void Reads_a_reference_that_was_written_down()
    {
        var actor = Start(Echo);
        var text = Serialization.SerializedActorPath(actor);
        Assert.Equal(actor, Sys.Serialization.DeserializeActorRef(text));
        Assert.Equal(actor, actor.ToSurrogate(Sys).FromSurrogate(Sys));
    }

    [Fact]
    public void Finds_who_lives_at_the_path_now_whatever_life_was_written_down()
    {
        var first = Start(Echo, "again");
        var text = Serialization.SerializedActorPath(first);
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        var second = StartAgain("again");
        Assert.Equal(second, Sys.Serialization.DeserializeActorRef(text));
    }

    [Fact]
    public void Reads_nobody_as_nobody() => Assert.Same(ActorRefs.Nobody, ActorRefs.Nobody.ToSurrogate(Sys).FromSurrogate(Sys));

    [Fact]
    public void Is_the_same_for_every_reference_of_the_system() =>
        Assert.Same(Provider, ((IInternalActorRef)Start(Echo)).Provider);

    [Fact]
    public void Knows_the_guardians()
    {
        Assert.Equal(System.Guardian, Provider.Guardian);
        Assert.Equal(System.SystemGuardian, Provider.SystemGuardian);
        Assert.Equal(System.LookupRoot, Provider.RootGuardianAt(Provider.DefaultAddress));
        Assert.Equal(Sys.DeadLetters, Provider.RootGuardianAt(new Address("akka", "elsewhere")));
    }

    [Fact]
    public async Task Makes_a_reference_that_completes_a_task()
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Provider.CreateFutureRef(answer).Tell("answer");
        Assert.Equal("answer", await answer.Task.WaitAsync(Patience));
    }

    [Fact]
    public void Finds_a_temporary_reference_until_it_is_unregistered()
    {
        var reference = Provider.CreateFutureRef(new TaskCompletionSource<string>());
        Provider.RegisterTempActor(reference, reference.Path);
        Assert.Equal(reference, Provider.ResolveActorRef(reference.Path));
        Provider.UnregisterTempActor(reference.Path);
        Assert.NotSame(reference, Provider.ResolveActorRef(reference.Path));
    }

    [Fact]
    public void Shows_a_cell_and_its_children()
    {
        var actor = (ActorRefWithCell)Start(a => a.Spawn(Echo, "child"), "parent");
        AwaitAssert(() => Assert.Equal(["child"], actor.Children.Select(child => child.Path.Name)), Patience);
        var child = actor.GetSingleChild("child");
        Assert.Equal(child, actor.GetSingleChild($"child#{child.Path.Uid}"));
        Assert.Same(ActorRefs.Nobody, actor.GetSingleChild("nobody"));
        Assert.Equal(actor, actor.Underlying.Self);
        Assert.True(actor.Underlying.ChildrenContainer.Contains(child));
        Assert.True(actor.Underlying.TryGetChildStatsByName("child", out _));
    }

    [Fact]
    public void Prints_the_tree()
    {
        Start(Echo, "in-the-tree");
        Assert.Contains("in-the-tree", System.PrintTree());
    }

    /// <summary>The name is free when the guardian has heard of the end.</summary>
    private IActorRef StartAgain(string name)
    {
        IActorRef started = null;
        AwaitAssert(() => started = Start(Echo, name), Patience);
        return started;
    }
}
