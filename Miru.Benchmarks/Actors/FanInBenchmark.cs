using System.Threading.Channels;
using Akka.Actor;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>Four threads tell one actor, against four writers of one channel.</summary>
internal static class FanInBenchmark
{
    private const int Senders = 4;
    private const int Each = 500_000;
    private static readonly object Message = new();

    public static Row Run(ActorSystem system)
    {
        using var countDown = new CountDown();
        var actor = system.ActorOf(Props.Create(() => new CountingActor(countDown)));
        var (ours, peer) = Rounds.NanosecondsPerOperation(Senders * Each, () => Tell(actor, countDown), Channel);
        system.Stop(actor);
        return new Row("tell_fan_in_4", ours, "ns/message", peer, 1.5);
    }

    private static void Tell(IActorRef actor, CountDown countDown)
    {
        countDown.Reset(Senders * Each);
        FromAll(() => actor.Tell(Message, ActorRefs.NoSender));
        countDown.Wait();
    }

    private static void Channel()
    {
        var channel = System.Threading.Channels.Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        var reader = ChannelPeer.Drain(channel.Reader, Senders * Each);
        FromAll(() => channel.Writer.TryWrite(Message));
        reader.Join();
    }

    private static void FromAll(Action send)
    {
        var threads = Enumerable.Range(0, Senders).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
                send();
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
    }
}
