using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>Stands in for an inlet's handler while a stage reads a number of elements.</summary>
internal sealed class Reading<T> : IInHandler
{
    private readonly List<T> _elements = [];
    private readonly GraphStageLogic _logic;
    private readonly Inlet<T> _inlet;
    private readonly int _count;
    private readonly Action<IEnumerable<T>> _andThen;
    private readonly Action<IEnumerable<T>> _onClose;

    public Reading(GraphStageLogic logic, Inlet<T> inlet, int count, Action<IEnumerable<T>> andThen, Action<IEnumerable<T>> onClose)
    {
        (_logic, _inlet, _count, _andThen, _onClose) = (logic, inlet, count, andThen, onClose);
        Previous = logic.GetHandler(inlet);
    }

    public IInHandler Previous { get; }

    public void Start()
    {
        if (_logic.IsAvailable(_inlet) && _count > 0)
        {
            _elements.Add(_logic.Grab(_inlet));
        }

        Continue();
    }

    public void OnPush()
    {
        _elements.Add(_logic.Grab(_inlet));
        Continue();
    }

    public void OnUpstreamFinish()
    {
        _logic.SetHandler(_inlet, Previous);
        _onClose(_elements);
        Previous.OnUpstreamFinish();
    }

    public void OnUpstreamFailure(Exception e)
    {
        _logic.SetHandler(_inlet, Previous);
        Previous.OnUpstreamFailure(e);
    }

    private void Continue()
    {
        if (_elements.Count >= _count)
        {
            _logic.SetHandler(_inlet, Previous);
            _andThen(_elements);
        }
        else if (_logic.IsClosed(_inlet))
        {
            _logic.SetHandler(_inlet, Previous);
            _onClose(_elements);
        }
        else
        {
            _logic.TryPull(_inlet);
        }
    }
}
