using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Asking;

/// <summary>A stop that can be awaited.</summary>
public class GracefulStopSpec : ActorSpec
{
    [Fact]
    public async Task Completes_once_the_actor_is_gone()
    {
        var stopped = false;
        var actor = Start(a => a.Stopped = () => stopped = true);
        Assert.True(await actor.GracefulStop(Patience));
        Assert.True(stopped);
    }

    [Fact]
    public async Task Lets_the_actor_handle_what_it_was_told_before()
    {
        var actor = Start(Echo);
        for (var i = 0; i < 10; i++) actor.Tell(i, TestActor);
        await actor.GracefulStop(Patience);
        for (var i = 0; i < 10; i++) ExpectMsg(i);
    }

    [Fact]
    public async Task Can_use_a_message_of_ones_own()
    {
        var actor = Start(a => a.On<string>(_ => a.Context.Stop(a.Self)));
        Assert.True(await actor.GracefulStop(Patience, "please stop"));
    }

    [Fact]
    public async Task Completes_for_an_actor_that_is_gone_already()
    {
        var actor = Start(Echo);
        await actor.GracefulStop(Patience);
        Assert.True(await actor.GracefulStop(Patience));
    }

    [Fact]
    public async Task Reports_no_success_for_an_actor_that_outlives_the_timeout()
    {
        var actor = Start(a => a.OnAny(_ => { }));
        var outcome = actor.GracefulStop(TimeSpan.FromMilliseconds(50), "not understood");
        await Task.WhenAny(outcome);
        Assert.False(outcome.IsCompletedSuccessfully && await outcome);
    }
}
