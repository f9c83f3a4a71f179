using Akka.Actor;
using Akka.TestKit.Xunit2;
using Miru.Agent.Connections;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>Actors on the loop's thread.</summary>
public sealed class IoLoopDispatcherTests : TestKit
{
    public IoLoopDispatcherTests() => IoLoopConfigurator.Register(Sys);

    [Fact]
    public void All_its_actors_share_the_thread_of_the_loop()
    {
        var first = OnLoop();
        var second = OnLoop();

        first.Tell("where");
        var thread = ExpectMsg<int>();
        second.Tell("where");

        Assert.Equal(thread, ExpectMsg<int>());
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void A_tell_never_runs_the_receiver_inside()
    {
        var second = OnLoop();
        var first = OnLoop();

        first.Tell(second);

        ExpectMsg("told");
        ExpectMsg<int>();
    }

    [Fact]
    public void An_actor_elsewhere_is_told_what_its_props_lack()
    {
        var elsewhere = Sys.ActorOf(Props.Create(() => new Reporter()));
        elsewhere.Tell("loop");

        Assert.Contains(IoLoopConfigurator.Id, ExpectMsg<string>());
    }

    [Fact]
    public async Task The_thread_ends_after_the_actors()
    {
        OnLoop().Tell("loop");
        var loop = ExpectMsg<IoLoop>();

        await Sys.Terminate().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(loop.Join(TimeSpan.FromSeconds(10)));
    }

    private IActorRef OnLoop() => Sys.ActorOf(Props.Create(() => new Reporter()).WithDispatcher(IoLoopConfigurator.Id));

    private sealed class Reporter : ReceiveActor
    {
        public Reporter()
        {
            Receive<string>(what => what == "where", _ => Sender.Tell(Environment.CurrentManagedThreadId));
            Receive<IActorRef>(other =>
            {
                other.Tell("where", Sender);
                Sender.Tell("told");
            });
            Receive<string>(_ => Sender.Tell(Loop()));
        }

        private static object Loop()
        {
            try
            {
                return IoLoopDispatcher.LoopOf(Context);
            }
            catch (InvalidOperationException refused)
            {
                return refused.Message;
            }
        }
    }
}
