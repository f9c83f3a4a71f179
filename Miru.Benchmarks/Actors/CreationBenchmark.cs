using Akka.Actor;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>
/// Creating and stopping actors (what a connection costs beside its socket), against a channel with its reading loop,
/// which is what one would write without actors.
/// </summary>
internal static class CreationBenchmark
{
    private const int Actors = 100_000;

    public static Row Run(ActorSystem system)
    {
        using var countDown = new CountDown();
        var parent = system.ActorOf(Props.Create(() => new Parent(countDown)));
        var (ours, peer) = Rounds.NanosecondsPerOperation(Actors, () => Create(parent, countDown), Loops);
        system.Stop(parent);
        return new Row("actor_create_and_stop", ours, "ns/actor", peer, 3);
    }

    private static void Create(IActorRef parent, CountDown countDown)
    {
        countDown.Reset(1);
        parent.Tell(Actors, ActorRefs.NoSender);
        countDown.Wait();
    }

    private static void Loops()
    {
        var loops = new Task[Actors];
        for (var i = 0; i < Actors; i++)
        {
            var channel = System.Threading.Channels.Channel.CreateUnbounded<object>(new System.Threading.Channels.UnboundedChannelOptions { SingleReader = true });
            loops[i] = Read(channel.Reader);
            channel.Writer.TryWrite(PoisonPill.Instance);
        }
        Task.WhenAll(loops).GetAwaiter().GetResult();

        static async Task Read(System.Threading.Channels.ChannelReader<object> reader)
        {
            await foreach (var message in reader.ReadAllAsync().ConfigureAwait(false))
                if (message is PoisonPill)
                    return;
        }
    }

    private sealed class Child : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    /// <summary>Creates its children and answers when the last one's end is known.</summary>
    private sealed class Parent(CountDown countDown) : UntypedActor
    {
        private static readonly Props ChildProps = Props.Create(() => new Child());
        private int _left;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case int actors:
                    _left = actors;
                    for (var i = 0; i < actors; i++)
                    {
                        var child = Context.Watch(Context.ActorOf(ChildProps));
                        child.Tell(PoisonPill.Instance);
                    }
                    break;
                case Terminated when --_left == 0:
                    countDown.Signal();
                    break;
            }
        }
    }
}
