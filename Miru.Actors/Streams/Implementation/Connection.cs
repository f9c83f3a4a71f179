using System.Runtime.CompilerServices;
using Akka.Streams.Stage;
using static Akka.Streams.Implementation.ConnectionState;

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

    /// <summary>The producer ends the connection. True if the consumer has to be told.</summary>
    public bool CloseByProducer(Exception cause)
    {
        if ((State & ProducerClosed) != 0)
        {
            return false;
        }

        CloseProducer();
        Cause = cause;
        return (State & ConsumerClosed) == 0;
    }

    /// <summary>The consumer ends the connection. True if the producer has to be told.</summary>
    public bool CloseByConsumer(Exception cause)
    {
        if ((State & ConsumerClosed) != 0)
        {
            return false;
        }

        CloseConsumer();
        State &= ~(PushDue | Arrived);
        ClearSlot();
        if ((State & ProducerClosed) != 0)
        {
            return false;
        }

        Cause = cause;
        return true;
    }

    /// <summary>The producer's port is closed: by itself, or because it hears of the cancellation.</summary>
    public void CloseProducer()
    {
        State = (State | ProducerClosed) & ~(MayPush | PullDue);
        if (!ProducerIsSub)
        {
            Producer.OpenPorts--;
        }
    }

    /// <summary>The consumer's port is closed: by itself, or because it hears of the end. What has arrived can still be grabbed.</summary>
    public void CloseConsumer()
    {
        State = (State | ConsumerClosed) & ~Pulled;
        if (!ConsumerIsSub)
        {
            Consumer.OpenPorts--;
        }
    }
}

/// <summary>A wire for elements of type <typeparamref name="T"/>; typed, so that values are not boxed.</summary>
internal sealed class Connection<T> : Connection
{
    public T Slot;

    public T Grab()
    {
        State &= ~Arrived;
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
