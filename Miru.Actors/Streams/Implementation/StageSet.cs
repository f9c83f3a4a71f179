using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>The stages of a stream: those that run, and new ones that wait for their start.</summary>
internal sealed class StageSet
{
    private readonly Queue<GraphStageLogic> _new = new();
    private readonly HashSet<GraphStageLogic> _running = [];

    /// <summary>Read before every signal.</summary>
    public bool AnyNew { get; private set; }

    public bool IsEmpty => _running.Count == 0 && !AnyNew;

    public void Add(IReadOnlyCollection<GraphStageLogic> logics)
    {
        foreach (var logic in logics)
        {
            _new.Enqueue(logic);
        }

        AnyNew = _new.Count > 0;
    }

    /// <summary>Takes the next new stage, which counts as running from now on.</summary>
    public bool TryTakeNew(out GraphStageLogic logic)
    {
        if (!_new.TryDequeue(out logic))
        {
            return false;
        }

        AnyNew = _new.Count > 0;
        _running.Add(logic);
        return true;
    }

    public void Remove(GraphStageLogic logic) => _running.Remove(logic);

    /// <summary>Takes out all stages, also those that have not started.</summary>
    public List<GraphStageLogic> TakeAll()
    {
        List<GraphStageLogic> all = [.. _running, .. _new];
        _running.Clear();
        _new.Clear();
        AnyNew = false;
        return all;
    }
}
