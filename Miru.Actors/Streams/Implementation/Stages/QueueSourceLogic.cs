namespace Akka.Streams.Implementation.Stages;

/// <summary>The stream's end of a source queue: a bounded buffer and, with backpressure, one offer that waits for room.</summary>
internal sealed class QueueSourceLogic<T> : SourceLogic<T>
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BoundedBuffer<T> _buffer;
    private readonly int _size;
    private readonly OverflowStrategy _strategy;
    private QueueOffer<T> _pending;
    private bool _completing;

    public QueueSourceLogic(SourceShape<T> shape, int size, OverflowStrategy strategy) : base(shape)
    {
        _buffer = size == 0 ? null : new BoundedBuffer<T>(size);
        (_size, _strategy) = (size, strategy);
    }

    public Task Completion => _completion.Task;

    private bool IsDrained => _pending is null && (_buffer is null || _buffer.Count == 0);

    public override void OnPull()
    {
        if (_buffer is { Count: > 0 })
        {
            Push(_buffer.Dequeue());
            if (TakePending(out var element))
            {
                _buffer.Enqueue(element);
            }
        }
        else if (TakePending(out var element))
        {
            Push(element);
        }

        if (_completing && IsDrained)
        {
            EndCompleted();
        }
    }

    public override void OnDownstreamFinish(Exception cause)
    {
        _pending?.Settle(QueueOfferResult.QueueClosed.Instance);
        _pending = null;
        if (cause is SubscriptionWithCancelException.NonFailureCancellation)
        {
            _completion.TrySetResult();
        }
        else
        {
            _completion.TrySetException(cause);
        }

        CancelStage(cause);
    }

    public override void PostStop()
    {
        _pending?.Fail(StreamDetachedException.Instance);
        _completion.TrySetException(StreamDetachedException.Instance);
    }

    public void OnOffer(QueueOffer<T> offer)
    {
        if (_completing)
        {
            offer.Settle(QueueOfferResult.QueueClosed.Instance);
        }
        else if (IsAvailable(Out))
        {
            // Demand waits, so nothing is buffered.
            Push(offer.Element);
            offer.Settle(QueueOfferResult.Enqueued.Instance);
        }
        else if (_buffer is { IsFull: false })
        {
            _buffer.Enqueue(offer.Element);
            offer.Settle(QueueOfferResult.Enqueued.Instance);
        }
        else
        {
            OnOverflow(offer);
        }
    }

    /// <param name="cause">Why the producer fails the stream; null if it completes it.</param>
    public void OnEnd(Exception cause)
    {
        if (cause is not null)
        {
            EndFailed(cause);
        }
        else
        {
            _completing = true;
            if (IsDrained)
            {
                EndCompleted();
            }
        }
    }

    private void OnOverflow(QueueOffer<T> offer)
    {
        switch (_strategy)
        {
            case OverflowStrategy.Backpressure when _pending is not null:
                offer.Fail(new InvalidOperationException("You have to wait for the previous offer to be resolved to send another request."));
                break;

            case OverflowStrategy.Backpressure:
                _pending = offer;
                break;

            case OverflowStrategy.Fail:
                var overflow = new BufferOverflowException($"Buffer overflow (max capacity was: {_size})!");
                offer.Settle(new QueueOfferResult.Failure(overflow));
                EndFailed(overflow);
                break;

            case OverflowStrategy.DropNew:
                offer.Settle(QueueOfferResult.Dropped.Instance);
                break;

            case var _ when _buffer is null:
                // Without a buffer, the offer that waits is all that can be dropped.
                _pending?.Settle(QueueOfferResult.Dropped.Instance);
                _pending = offer;
                break;

            default:
                _buffer.MakeRoom(_strategy);
                _buffer.Enqueue(offer.Element);
                offer.Settle(QueueOfferResult.Enqueued.Instance);
                break;
        }
    }

    private bool TakePending(out T element)
    {
        if (_pending is not { } offer)
        {
            element = default;
            return false;
        }

        _pending = null;
        element = offer.Element;
        offer.Settle(QueueOfferResult.Enqueued.Instance);
        return true;
    }

    private void EndCompleted()
    {
        _completion.TrySetResult();
        CompleteStage();
    }

    private void EndFailed(Exception cause)
    {
        _pending?.Settle(new QueueOfferResult.Failure(cause));
        _pending = null;
        _completion.TrySetException(cause);
        FailStage(cause);
    }
}
