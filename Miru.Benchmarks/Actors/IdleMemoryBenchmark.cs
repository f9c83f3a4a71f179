using Akka.Actor;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>Managed bytes that one idle actor holds, after it has handled one message.</summary>
internal static class IdleMemoryBenchmark
{
    private const int Actors = 100_000;

    public static Row Run(ActorSystem system)
    {
        using var countDown = new CountDown();
        countDown.Reset(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var parent = system.ActorOf(Props.Create(() => new Parent(countDown)));
        parent.Tell(Actors, ActorRefs.NoSender);
        countDown.Wait();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        system.Stop(parent);
        return new Row("idle_actor_bytes", (double)(after - before) / Actors, "B/actor", null, 1024);
    }

    private sealed class Idle : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Parent(CountDown countDown) : UntypedActor
    {
        private static readonly Props IdleProps = Props.Create(() => new Idle());
        private int _left;

        protected override void OnReceive(object message)
        {
            if (message is int actors)
            {
                _left = actors;
                for (var i = 0; i < actors; i++)
                    Context.ActorOf(IdleProps).Tell("hello");
            }
            else if (--_left == 0)
                countDown.Signal();
        }
    }
}
