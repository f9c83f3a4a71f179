using Akka.Actor;

namespace Akka.Streams.Implementation;

/// <summary>Whether the streams of a materializer have been stopped.</summary>
internal sealed class ShutdownFlag
{
    private volatile bool _isSet;

    public bool IsSet
    {
        get => _isSet;
        set => _isSet = value;
    }
}

/// <summary>The parent of all streams of one materializer. A stream whose actor fails is not restarted: its state is lost.</summary>
internal sealed class StreamSupervisor(ShutdownFlag shutdown) : UntypedActor
{
    private static readonly SupervisorStrategy Stop = new OneForOneStrategy(static _ => Directive.Stop);

    protected override SupervisorStrategy SupervisorStrategy() => Stop;

    protected override void PostStop() => shutdown.IsSet = true;

    protected override void OnReceive(object message) => Unhandled(message);

    /// <summary>Makes the actor without reflection.</summary>
    public sealed class Producer(ShutdownFlag shutdown) : IIndirectActorProducer
    {
        public Type ActorType => typeof(StreamSupervisor);

        public ActorBase Produce() => new StreamSupervisor(shutdown);

        public void Release(ActorBase actor)
        {
        }
    }
}
