using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>Stands in for an outlet's handler while elements wait to be emitted.</summary>
internal abstract class Emission : IOutHandler
{
    public abstract void OnPull();

    public abstract void OnDownstreamFinish(Exception cause);

    /// <summary>Completes the outlet after the last element.</summary>
    public abstract void CompleteWhenDone();
}

/// <summary>A queue of elements and enumerators, emitted one per pull.</summary>
internal sealed class Emission<T> : Emission
{
    private readonly Queue<Step> _steps = new();
    private readonly GraphStageLogic _logic;
    private readonly Outlet<T> _outlet;
    private readonly IOutHandler _previous;
    private bool _completes;

    public Emission(GraphStageLogic logic, Outlet<T> outlet)
    {
        _logic = logic;
        _outlet = outlet;
        _previous = logic.GetHandler(outlet);
    }

    /// <param name="element">The next element.</param>
    /// <param name="rest">What follows it, or null.</param>
    /// <param name="andThen">Called when all have been pushed.</param>
    public void Add(T element, IEnumerator<T> rest, Action andThen)
    {
        if (!_completes)
        {
            _steps.Enqueue(new Step { Element = element, Rest = rest, AndThen = andThen });
        }
    }

    public override void OnPull()
    {
        var step = _steps.Peek();
        _logic.Push(_outlet, step.Element);
        if (step.Rest is { } rest && rest.MoveNext())
        {
            step.Element = rest.Current;
            return;
        }

        step.Rest?.Dispose();
        _steps.Dequeue();
        if (_steps.Count == 0)
        {
            _logic.SetHandler(_outlet, _previous);
        }

        step.AndThen();
        if (_steps.Count == 0 && _completes)
        {
            _logic.Complete(_outlet);
        }
    }

    public override void OnDownstreamFinish(Exception cause)
    {
        Abort();
        _previous.OnDownstreamFinish(cause);
    }

    public override void CompleteWhenDone() => _completes = true;

    public void Abort()
    {
        foreach (var step in _steps)
        {
            step.Rest?.Dispose();
        }

        _steps.Clear();
        _logic.SetHandler(_outlet, _previous);
    }

    private sealed class Step
    {
        public T Element;
        public IEnumerator<T> Rest;
        public Action AndThen;
    }
}
