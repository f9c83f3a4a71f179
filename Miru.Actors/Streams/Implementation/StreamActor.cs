using Akka.Actor;

namespace Akka.Streams.Implementation;

/// <summary>Runs one stream. Stops itself when the stream has ended; when it is stopped before, the stages are torn down.</summary>
internal sealed class StreamActor(StreamHost host) : UntypedActor
{
    private Dictionary<IActorRef, List<Action<IActorRef>>> _watched;

    /// <summary>Calls back, on the stream, when the actor terminates.</summary>
    public void Watch(IActorRef subject, Action<IActorRef> onTerminated)
    {
        _watched ??= [];
        if (!_watched.TryGetValue(subject, out var callbacks))
        {
            _watched[subject] = callbacks = [];
            Context.Watch(subject);
        }

        callbacks.Add(onTerminated);
    }

    protected override void PreStart()
    {
        host.Start(this, Context);
        StopIfCompleted();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Wake:
                host.Run();
                break;

            case AsyncInput due:
                host.RunInput(due);
                break;

            case Terminated terminated:
                if (_watched is not null && _watched.Remove(terminated.ActorRef, out var callbacks))
                {
                    callbacks.ForEach(callback => callback(terminated.ActorRef));
                }

                break;

            default:
                Unhandled(message);
                return;
        }

        StopIfCompleted();
    }

    protected override void PostStop() => host.Stop();

    private void StopIfCompleted()
    {
        if (host.IsCompleted)
        {
            Context.Stop(Self);
        }
    }

    /// <summary>Makes the actor without reflection.</summary>
    public sealed class Producer(StreamHost host) : IIndirectActorProducer
    {
        public Type ActorType => typeof(StreamActor);

        public ActorBase Produce() => new StreamActor(host);

        public void Release(ActorBase actor)
        {
        }
    }
}
