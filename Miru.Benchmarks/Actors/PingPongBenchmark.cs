using System.Threading.Channels;
using Akka.Actor;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>One message back and forth between two actors, against two asynchronous loops over two channels.</summary>
internal static class PingPongBenchmark
{
    private const int RoundTrips = 200_000;
    private static readonly object Ball = new();

    public static Row Run(ActorSystem system)
    {
        using var countDown = new CountDown();
        var pong = system.ActorOf(Props.Create(() => new Pong()));
        var ping = system.ActorOf(Props.Create(() => new Ping(pong, countDown)));
        var (ours, peer) = Rounds.NanosecondsPerOperation(RoundTrips, () => Play(ping, countDown), Channels);
        system.Stop(ping);
        system.Stop(pong);
        return new Row("ping_pong", ours, "ns/round trip", peer, 1.5);
    }

    private static void Play(IActorRef ping, CountDown countDown)
    {
        countDown.Reset(1);
        ping.Tell(RoundTrips, ActorRefs.NoSender);
        countDown.Wait();
    }

    private static void Channels()
    {
        var there = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        var back = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
        var echo = Echo(there.Reader, back.Writer);
        Serve(there.Writer, back.Reader).GetAwaiter().GetResult();
        there.Writer.Complete();
        echo.GetAwaiter().GetResult();
    }

    private static async Task Echo(ChannelReader<object> from, ChannelWriter<object> to)
    {
        await foreach (var ball in from.ReadAllAsync().ConfigureAwait(false))
            to.TryWrite(ball);
    }

    private static async Task Serve(ChannelWriter<object> to, ChannelReader<object> from)
    {
        for (var i = 0; i < RoundTrips; i++)
        {
            to.TryWrite(Ball);
            await from.ReadAsync().ConfigureAwait(false);
        }
    }

    private sealed class Pong : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Ping(IActorRef pong, CountDown countDown) : UntypedActor
    {
        private int _left;

        protected override void OnReceive(object message)
        {
            if (message is int roundTrips)
                _left = roundTrips;
            else if (--_left == 0)
            {
                countDown.Signal();
                return;
            }
            pong.Tell(Ball);
        }
    }
}
