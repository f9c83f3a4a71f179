using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>A bounded buffer that lets the producer run ahead, with a rule for when it is full.</summary>
internal sealed class Buffer<T> : FlowStage<T, T>
{
    private readonly int _size;
    private readonly OverflowStrategy _strategy;

    public Buffer(int size, OverflowStrategy strategy)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        (_size, _strategy) = (size, strategy);
    }

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, _size, _strategy);

    private sealed class Logic(FlowShape<T, T> shape, int size, OverflowStrategy strategy) : FlowLogic<T, T>(shape)
    {
        private readonly BoundedBuffer<T> _buffer = new(size);

        public override void PreStart() => Pull();

        public override void OnPush()
        {
            var element = Grab();
            if (IsAvailable(Out))
            {
                // Demand waits, so the buffer is empty.
                Push(element);
                Pull();
                return;
            }

            if (_buffer.IsFull && !_buffer.MakeRoom(strategy))
            {
                if (strategy == OverflowStrategy.Fail)
                {
                    FailStage(new BufferOverflowException($"Buffer overflow (max capacity was {size})"));
                    return;
                }

                Pull();
                return;
            }

            _buffer.Enqueue(element);
            if (strategy != OverflowStrategy.Backpressure || !_buffer.IsFull)
            {
                Pull();
            }
        }

        public override void OnPull()
        {
            if (_buffer.Count > 0)
            {
                Push(_buffer.Dequeue());
            }

            if (!IsClosed(In))
            {
                TryPull(In);
            }
            else if (_buffer.Count == 0)
            {
                CompleteStage();
            }
        }

        public override void OnUpstreamFinish()
        {
            if (_buffer.Count == 0)
            {
                CompleteStage();
            }
        }
    }
}
