using Akka.Streams.Implementation;
using static Akka.Streams.Implementation.ConnectionState;

namespace Akka.Streams.Stage;

/// <summary>What a stage can do with one port.</summary>
public abstract partial class GraphStageLogic
{
    protected internal IInHandler GetHandler<T>(Inlet<T> inlet) => _inHandlers[inlet.Id];

    protected internal IOutHandler GetHandler<T>(Outlet<T> outlet) => _outHandlers[outlet.Id];

    /// <summary>Sets or replaces the handler of an inlet. Each port needs one before the stream starts.</summary>
    protected internal void SetHandler<T>(Inlet<T> inlet, IInHandler handler)
    {
        _inHandlers[inlet.Id] = handler;
        if (_ins[inlet.Id] is { } connection)
        {
            connection.InHandler = handler;
        }
    }

    /// <summary>Sets or replaces the handler of an outlet. Each port needs one before the stream starts.</summary>
    protected internal void SetHandler<T>(Outlet<T> outlet, IOutHandler handler)
    {
        _outHandlers[outlet.Id] = handler;
        if (_outs[outlet.Id] is { } connection)
        {
            connection.OutHandler = handler;
        }
    }

    protected internal void SetHandler<T>(Inlet<T> inlet, Action onPush, Action onUpstreamFinish = null, Action<Exception> onUpstreamFailure = null)
    {
        ArgumentNullException.ThrowIfNull(onPush);
        SetHandler(inlet, new LambdaInHandler(onPush, onUpstreamFinish, onUpstreamFailure));
    }

    protected internal void SetHandler<T>(Outlet<T> outlet, Action onPull, Action<Exception> onDownstreamFinish = null)
    {
        ArgumentNullException.ThrowIfNull(onPull);
        SetHandler(outlet, new LambdaOutHandler(onPull, onDownstreamFinish));
    }

    protected internal void SetHandler<TIn, TOut>(Inlet<TIn> inlet, Outlet<TOut> outlet, InAndOutGraphStageLogic handler) =>
        SetHandlers(inlet, outlet, handler);

    protected internal void SetHandlers<TIn, TOut>(Inlet<TIn> inlet, Outlet<TOut> outlet, InAndOutGraphStageLogic handler)
    {
        SetHandler(inlet, (IInHandler)handler);
        SetHandler(outlet, (IOutHandler)handler);
    }

    /// <summary>Asks upstream for one element.</summary>
    /// <exception cref="ArgumentException">The port is closed, or has been asked and has not answered.</exception>
    protected internal void Pull<T>(Inlet<T> inlet)
    {
        var connection = ConnectionOf(inlet);
        if ((connection.State & (Pulled | ConsumerClosed)) != 0)
        {
            throw new ArgumentException((connection.State & ConsumerClosed) != 0
                ? $"Cannot pull a closed port [{inlet}]"
                : $"Cannot pull port [{inlet}] twice");
        }

        Interpreter.Pull(connection);
    }

    /// <summary>Asks upstream for one element, unless it has been asked or has ended.</summary>
    protected internal void TryPull<T>(Inlet<T> inlet)
    {
        var connection = ConnectionOf(inlet);
        if ((connection.State & (Pulled | ConsumerClosed)) == 0)
        {
            Interpreter.Pull(connection);
        }
    }

    /// <summary>Tells upstream that no more elements are wanted.</summary>
    protected internal void Cancel<T>(Inlet<T> inlet) => Cancel(inlet, SubscriptionWithCancelException.NoMoreElementsNeeded.Instance);

    /// <inheritdoc cref="Cancel{T}(Inlet{T})"/>
    protected internal void Cancel<T>(Inlet<T> inlet, Exception cause) => Interpreter.Cancel(ConnectionOf(inlet), cause);

    /// <summary>Takes the element that has arrived.</summary>
    /// <exception cref="ArgumentException">None has, or it was taken.</exception>
    protected internal T Grab<T>(Inlet<T> inlet)
    {
        var connection = ConnectionOf(inlet);
        return (connection.State & Arrived) != 0
            ? connection.Grab()
            : throw new ArgumentException($"Cannot get element from already empty input port [{inlet}]");
    }

    /// <summary>Whether upstream has been asked and has not answered.</summary>
    protected internal bool HasBeenPulled<T>(Inlet<T> inlet) => (ConnectionOf(inlet).State & (Pulled | ConsumerClosed)) == Pulled;

    /// <summary>Whether an element can be grabbed.</summary>
    protected internal bool IsAvailable<T>(Inlet<T> inlet) => (ConnectionOf(inlet).State & Arrived) != 0;

    protected internal bool IsClosed<T>(Inlet<T> inlet) => (ConnectionOf(inlet).State & ConsumerClosed) != 0;

    /// <summary>Sends an element downstream.</summary>
    /// <exception cref="ArgumentException">The port is closed, or has not been pulled since the last element.</exception>
    protected internal void Push<T>(Outlet<T> outlet, T element)
    {
        var connection = ConnectionOf(outlet);
        if ((connection.State & (MayPush | AnyClosed)) == MayPush)
        {
            connection.Slot = element;
            Interpreter.Push(connection);
            return;
        }

        if ((connection.State & ProducerClosed) != 0)
        {
            throw new ArgumentException($"Cannot push a closed port [{outlet}]");
        }

        if ((connection.State & MayPush) == 0)
        {
            throw new ArgumentException($"Cannot push port [{outlet}] twice, or before it being pulled");
        }

        // Downstream has cancelled and this stage does not know yet.
        connection.State &= ~MayPush;
    }

    /// <summary>Ends an output; elements that <c>Emit</c> has still to send go first.</summary>
    protected internal void Complete<T>(Outlet<T> outlet)
    {
        if (_outHandlers[outlet.Id] is Emission emission)
        {
            emission.CompleteWhenDone();
        }
        else
        {
            Interpreter.Complete(ConnectionOf(outlet), null);
        }
    }

    /// <summary>Fails an output at once.</summary>
    protected internal void Fail<T>(Outlet<T> outlet, Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Interpreter.Complete(ConnectionOf(outlet), reason);
    }

    /// <summary>Whether an element may be pushed.</summary>
    protected internal bool IsAvailable<T>(Outlet<T> outlet) => (ConnectionOf(outlet).State & MayPush) != 0;

    protected internal bool IsClosed<T>(Outlet<T> outlet) => (ConnectionOf(outlet).State & ProducerClosed) != 0;
}
