using System.Threading.Channels;
using Akka.Actor;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>
/// Ten million messages from one thread to one actor, against the same through a bare unbounded single-reader channel.
/// </summary>
internal static class TellBenchmark
{
    private const int Messages = 10_000_000;
    private static readonly object Message = new();

    public static Row Run(ActorSystem system)
    {
        using var countDown = new CountDown();
        var actor = system.ActorOf(Props.Create(() => new CountingActor(countDown)));
        var (ours, peer) = Rounds.NanosecondsPerOperation(Messages, () => Tell(actor, countDown), Channel);
        system.Stop(actor);
        return new Row("tell_one_to_one", ours, "ns/message", peer, 1.5);
    }

    private static void Tell(IActorRef actor, CountDown countDown)
    {
        countDown.Reset(Messages);
        for (var i = 0; i < Messages; i++)
            actor.Tell(Message, ActorRefs.NoSender);
        countDown.Wait();
    }

    private static void Channel()
    {
        var channel = System.Threading.Channels.Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        var reader = ChannelPeer.Drain(channel.Reader, Messages);
        for (var i = 0; i < Messages; i++)
            channel.Writer.TryWrite(Message);
        reader.Join();
    }
}
