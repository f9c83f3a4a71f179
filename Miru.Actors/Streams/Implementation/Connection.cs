using System.Runtime.CompilerServices;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>One wire between an outlet and an inlet: the state machine of <see cref="ConnectionState"/> and a slot for one element.</summary>
internal abstract class Connection
{
    public ConnectionState State;

    public GraphStageLogic Producer;
    public Outlet Outlet;

    public GraphStageLogic Consumer;
    public Inlet Inlet;

    /// <summary>Why the producer failed or the consumer cancelled.</summary>
    public Exception Cause;

    /// <summary>The port belongs to a substream of its stage and does not keep the stage alive.</summary>
    public bool ProducerIsSub, ConsumerIsSub;

    private IInHandler _inHandler;
    private IOutHandler _outHandler;

    public IInHandler InHandler
    {
        get => _inHandler;
        set
        {
            _inHandler = value;
            OnPush = value.OnPush;
        }
    }

    public IOutHandler OutHandler
    {
        get => _outHandler;
        set
        {
            _outHandler = value;
            OnPull = value.OnPull;
        }
    }

    /// <summary>
    /// The two handlers of the hot path. All stages' handlers are called from the same place, where a delegate costs a third of an interface call.
    /// </summary>
    public Action OnPush { get; private set; }

    /// <inheritdoc cref="OnPush"/>
    public Action OnPull { get; private set; }

    public abstract void ClearSlot();
}

/// <summary>A wire for elements of type <typeparamref name="T"/>; typed, so that values are not boxed.</summary>
internal sealed class Connection<T> : Connection
{
    public T Slot;

    public T Grab()
    {
        State &= ~ConnectionState.Arrived;
        var element = Slot;
        ClearSlot();
        return element;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void ClearSlot()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Slot = default;
        }
    }
}
