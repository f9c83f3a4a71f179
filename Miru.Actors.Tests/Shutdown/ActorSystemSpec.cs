using Akka.Actor;
using Akka.Configuration;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Shutdown;

/// <summary>A system of actors, and its end.</summary>
public class ActorSystemSpec : ActorSpec
{
    [Fact]
    public async Task Terminates_all_actors_children_first()
    {
        Start(a =>
        {
            a.Stopped = () => TestActor.Tell("parent");
            a.Spawn(child => child.Stopped = () => TestActor.Tell("child"));
            TestActor.Tell("ready");
        });
        ExpectMsg("ready");
        var order = new List<string>();
        var other = ActorSystem.Create("other", Quiet);
        var actor = other.ActorOf(Script(a =>
        {
            a.Stopped = () => order.Add("parent");
            a.Spawn(child => child.Stopped = () => order.Add("child"));
        }));
        await actor.Ask<ActorIdentity>(new Identify(1), Patience);
        await other.Terminate().WaitAsync(Patience);
        Assert.Equal(["child", "parent"], order);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task Ends_when_it_is_aborted()
    {
        var system = ActorSystem.Create("other", Quiet);
        ((ExtendedActorSystem)system).Abort();
        await system.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task Completes_its_task_when_all_is_over()
    {
        var system = ActorSystem.Create("other", Quiet);
        Assert.False(system.WhenTerminated.IsCompleted);
        var stopped = false;
        var actor = system.ActorOf(Script(a => a.Stopped = () => Volatile.Write(ref stopped, true)));
        await actor.Ask<ActorIdentity>(new Identify(1), Patience);
        _ = system.Terminate();
        await system.WhenTerminated.WaitAsync(Patience);
        Assert.True(Volatile.Read(ref stopped));
    }

    [Fact]
    public async Task Terminates_once_however_often_it_is_told()
    {
        var system = ActorSystem.Create("other", Quiet);
        var stops = 0;
        var actor = system.ActorOf(Script(a => a.Stopped = () => Interlocked.Increment(ref stops)));
        await actor.Ask<ActorIdentity>(new Identify(1), Patience);
        await Task.WhenAll(system.Terminate(), system.Terminate()).WaitAsync(Patience);
        await system.Terminate().WaitAsync(Patience);
        Assert.Equal(1, stops);
    }

    [Fact]
    public async Task Stops_the_actors_of_users_before_those_of_the_system()
    {
        var system = ActorSystem.Create("other", Quiet);
        var order = new List<string>();
        var own = ((ExtendedActorSystem)system).SystemActorOf(Script(a => a.Stopped = () => order.Add("system")), "own");
        var user = system.ActorOf(Script(a => a.Stopped = () => order.Add("user")));
        await own.Ask<ActorIdentity>(new Identify(1), Patience);
        await user.Ask<ActorIdentity>(new Identify(1), Patience);
        await system.Terminate().WaitAsync(Patience);
        Assert.Equal(["user", "system"], order);
        Assert.Equal("/system/own", own.Path.ToStringWithoutAddress());
    }

    [Fact]
    public async Task Runs_what_was_registered_for_its_end()
    {
        var system = ActorSystem.Create("other", Quiet);
        var ran = 0;
        system.RegisterOnTermination(() => Interlocked.Increment(ref ran));
        system.RegisterOnTermination(() => Interlocked.Increment(ref ran));
        await system.Terminate().WaitAsync(Patience);
        Assert.Equal(2, ran);
    }

    [Fact]
    public async Task Refuses_actors_after_its_end()
    {
        var system = ActorSystem.Create("other", Quiet);
        await system.Terminate().WaitAsync(Patience);
        Assert.ThrowsAny<Exception>(() => system.ActorOf(Script(Echo)));
    }

    [Fact]
    public void Is_apart_from_other_systems()
    {
        using var other = ActorSystem.Create("other", Quiet);
        var (here, there) = (Start(Echo, "name"), other.ActorOf(Script(Echo), "name"));
        Assert.NotEqual(here, there);
        Assert.Equal("akka://other/user/name", there.Path.ToString());
        there.Tell("question", TestActor);
        ExpectMsg("question");
    }

    [Fact]
    public void Has_a_name_and_an_age()
    {
        Assert.Equal("test", Sys.Name);
        Assert.True(Sys.Uptime > TimeSpan.Zero);
    }

    [Fact]
    public void Refuses_a_name_that_is_no_host() => Assert.Throws<ArgumentException>(() => ActorSystem.Create("no/host", Quiet));

    [Fact]
    public void Reads_its_settings()
    {
        using var system = ActorSystem.Create("other", ConfigurationFactory.ParseString("miru.answer = 42").WithFallback(Quiet));
        Assert.Equal(42, system.Settings.Config.GetInt("miru.answer"));
    }

    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }");
}
