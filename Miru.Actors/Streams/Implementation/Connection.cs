using System.Runtime.CompilerServices;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>One wire between an outlet and an inlet: the state machine of <see cref="ConnectionState"/> and a slot for one element.</summary>
internal abstract class Connection
{
    public ConnectionState State;

    public GraphStageLogic Producer;
    public Outlet Outlet;
    public IOutHandler OutHandler;

    public GraphStageLogic Consumer;
    public Inlet Inlet;
    public IInHandler InHandler;

    /// <summary>Why the producer failed or the consumer cancelled.</summary>
    public Exception Cause;

    /// <summary>The port belongs to a substream of its stage and does not keep the stage alive.</summary>
    public bool ProducerIsSub, ConsumerIsSub;

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
