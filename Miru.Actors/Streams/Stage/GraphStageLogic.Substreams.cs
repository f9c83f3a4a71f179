using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>Ports for streams that a stage runs itself. They do not keep the stage alive, and end with it.</summary>
public abstract partial class GraphStageLogic
{
    private List<ISubstreamEnd> _substreams;
    private StageActor _stageActor;

    /// <exception cref="InvalidOperationException"><see cref="GetStageActor"/> has not been called.</exception>
    public StageActor StageActor => _stageActor
        ?? throw new InvalidOperationException("You must first call GetStageActor, to initialize the actor's behavior.");

    protected virtual string StageActorName => "stage";

    protected internal SubSinkInlet<T> CreateSubSinkInlet<T>(string name) => new(this, name);

    /// <summary>The reference by which this stage talks with actors; made at the first call, later calls replace its receive function.</summary>
    protected internal StageActor GetStageActor(StageActorRef.Receive receive)
    {
        if (_stageActor is null)
        {
            _stageActor = new StageActor(this, StageActorName, receive);
        }
        else
        {
            _stageActor.Become(receive);
        }

        return _stageActor;
    }

    private void EndSubstreams()
    {
        _stageActor?.Stop();
        if (_substreams is { } ends)
        {
            _substreams = null;
            ends.ForEach(end => end.End());
        }
    }

    private void Register(ISubstreamEnd end)
    {
        _substreams ??= [];
        _substreams.RemoveAll(other => other.IsClosed);
        _substreams.Add(end);
    }

    private interface ISubstreamEnd
    {
        bool IsClosed { get; }

        void End();
    }
}
