using Akka.Actor;
using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>The reference by which a stage talks with actors: what is told to it reaches the stage's receive function, on the stream.</summary>
public sealed class StageActor
{
    private readonly GraphStageLogic _logic;
    private readonly StageReference _reference;
    private readonly HashSet<IActorRef> _watched = [];
    private readonly Action<IActorRef> _terminated;
    private StageActorRef.Receive _receive;

    internal StageActor(GraphStageLogic logic, string name, StageActorRef.Receive initialReceive)
    {
        _logic = logic;
        _receive = initialReceive;
        _reference = logic.Interpreter.Host.CreateStageActor(name, logic.GetAsyncCallback<(IActorRef, object)>(OnMessage));
        _terminated = logic.GetAsyncCallback<IActorRef>(OnTerminated);
    }

    public IActorRef Ref => _reference;

    /// <summary>The stage gets a <see cref="Terminated"/> when the actor terminates.</summary>
    public void Watch(IActorRef actorRef)
    {
        if (_watched.Add(actorRef))
        {
            _logic.Interpreter.Host.Actor.Watch(actorRef, _terminated);
        }
    }

    public void Unwatch(IActorRef actorRef) => _watched.Remove(actorRef);

    /// <summary>Replaces the receive function.</summary>
    public void Become(StageActorRef.Receive receive) => _receive = receive;

    /// <summary>From now on, what is told to the reference is a dead letter.</summary>
    public void Stop() => _reference.Stop();

    private void OnMessage((IActorRef, object) received) => _receive(received);

    private void OnTerminated(IActorRef subject)
    {
        if (_watched.Remove(subject))
        {
            _receive((subject, new Terminated(subject, existenceConfirmed: true, addressTerminated: false)));
        }
    }
}
