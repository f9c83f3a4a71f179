using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Feeds a stream from outside: each offer is answered when the element's fate is known.</summary>
internal sealed class QueueSource<T> : GraphStageWithMaterializedValue<SourceShape<T>, ISourceQueueWithComplete<T>>
{
    private readonly int _size;
    private readonly OverflowStrategy _strategy;

    public QueueSource(int size, OverflowStrategy strategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        (_size, _strategy) = (size, strategy);
    }

    public override SourceShape<T> Shape { get; } = new(new Outlet<T>("QueueSource.out"));

    public override ILogicAndMaterializedValue<ISourceQueueWithComplete<T>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = new QueueSourceLogic<T>(Shape, _size, _strategy);
        return new LogicAndMaterializedValue<ISourceQueueWithComplete<T>>(logic, new SourceQueue<T>(logic));
    }
}

/// <summary>The producer's end: every call is a message to the stream.</summary>
internal sealed class SourceQueue<T>(QueueSourceLogic<T> logic) : ISourceQueueWithComplete<T>
{
    public Task<IQueueOfferResult> OfferAsync(T element)
    {
        var offer = new QueueOffer<T>(logic, element);
        logic.Interpreter.Host.Post(offer);
        return offer.Task;
    }

    public Task WatchCompletionAsync() => logic.Completion;

    public void Complete() => logic.Interpreter.Host.Post(new AsyncInput<Exception>(logic, logic.OnEnd, null));

    public void Fail(Exception ex)
    {
        ArgumentNullException.ThrowIfNull(ex);
        logic.Interpreter.Host.Post(new AsyncInput<Exception>(logic, logic.OnEnd, ex));
    }
}

/// <summary>An element on its way into the stream, and the promise of its fate.</summary>
internal sealed class QueueOffer<T>(QueueSourceLogic<T> logic, T element) : AsyncInput(logic)
{
    private readonly TaskCompletionSource<IQueueOfferResult> _fate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public T Element { get; } = element;

    public Task<IQueueOfferResult> Task => _fate.Task;

    public override void Run() => ((QueueSourceLogic<T>)Logic).OnOffer(this);

    public override void Discard()
    {
        var end = ((QueueSourceLogic<T>)Logic).Completion;
        if (end.IsCompletedSuccessfully)
        {
            Settle(QueueOfferResult.QueueClosed.Instance);
        }
        else if (end.IsFaulted && end.Exception.InnerException is not StreamDetachedException)
        {
            Settle(new QueueOfferResult.Failure(end.Exception.InnerException));
        }
        else
        {
            Fail(StreamDetachedException.Instance);
        }
    }

    public void Settle(IQueueOfferResult fate) => _fate.TrySetResult(fate);

    public void Fail(Exception cause) => _fate.TrySetException(cause);
}
