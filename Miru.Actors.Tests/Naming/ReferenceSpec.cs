using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Naming;

/// <summary>A reference means one life of one actor: its path and its uid.</summary>
public class ReferenceSpec : ActorSpec
{
    [Fact]
    public void Equals_another_to_the_same_life()
    {
        var actor = Start(a => a.On<string>(_ => a.Sender.Tell(a.Self)));
        actor.Tell("self", TestActor);
        var self = ExpectMsg<IActorRef>();
        Assert.True(actor.Equals(self));
        Assert.Equal(actor.GetHashCode(), self.GetHashCode());
        Assert.Equal(0, actor.CompareTo(self));
    }

    [Fact]
    public void Differs_from_one_to_a_later_life_of_the_same_name()
    {
        var old = Start(Echo, "name");
        Sys.Stop(old);
        AwaitDeath(old);
        IActorRef fresh = null;
        AwaitAssert(() => fresh = Start(Echo, "name"));
        Assert.Equal(old.Path, fresh.Path);
        Assert.NotEqual(old.Path.Uid, fresh.Path.Uid);
        Assert.NotEqual(old, fresh);
    }

    [Fact]
    public void Of_an_old_life_does_not_reach_the_new_one()
    {
        var deadLetters = ListenToDeadLetters();
        var old = Start(Echo, "name");
        Sys.Stop(old);
        AwaitDeath(old);
        AwaitAssert(() => Start(Echo, "name"));
        old.Tell("to the dead", TestActor);
        Assert.Equal("to the dead", deadLetters.ExpectMsg<Akka.Event.DeadLetter>().Message);
    }

    [Fact]
    public void Is_written_with_path_and_uid()
    {
        var actor = Start(Echo, "name");
        Assert.Equal($"[akka://{Sys.Name}/user/name#{actor.Path.Uid}]", actor.ToString());
    }

    [Fact]
    public void Can_be_a_key()
    {
        var (one, other) = (Start(Echo), Start(Echo));
        var names = new Dictionary<IActorRef, string> { [one] = "one", [other] = "other" };
        Assert.Equal("other", names[other]);
    }

    [Fact]
    public void To_nobody_is_nobody_and_swallows_what_it_is_told()
    {
        Assert.True(ActorRefs.Nobody.IsNobody());
        Assert.False(TestActor.IsNobody());
        ActorRefs.Nobody.Tell("into the void", TestActor);
    }
}
