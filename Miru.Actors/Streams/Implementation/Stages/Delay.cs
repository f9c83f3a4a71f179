using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Shifts elements in time, with a bounded buffer of those that wait.</summary>
internal sealed class Delay<T>(TimeSpan by, DelayOverflowStrategy strategy) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(Shape, by, strategy, inheritedAttributes.GetAttribute<Attributes.InputBuffer>()?.Max ?? DefaultBuffer);

    private const int DefaultBuffer = 16;

    private sealed class Logic(FlowShape<T, T> shape, TimeSpan by, DelayOverflowStrategy strategy, int size) : FlowLogic<T, T>(shape)
    {
        private static readonly object DueTimer = new();
        private readonly BoundedBuffer<(TimeSpan Due, T Element)> _buffer = new(size);

        public override void PreStart() => Pull();

        public override void OnPush()
        {
            if (_buffer.IsFull && !MakeRoom())
            {
                return;
            }

            _buffer.Enqueue((Now + by, Grab()));
            Schedule();
            if (!_buffer.IsFull || strategy != DelayOverflowStrategy.Backpressure)
            {
                Pull();
            }
        }

        public override void OnPull() => PushDue();

        public override void OnUpstreamFinish()
        {
            if (_buffer.Count == 0)
            {
                CompleteStage();
            }
        }

        protected override void OnTimer(object timerKey) => PushDue();

        /// <returns>False if the arriving element must not be added.</returns>
        private bool MakeRoom()
        {
            switch (strategy)
            {
                case DelayOverflowStrategy.EmitEarly:
                    if (IsAvailable(Out))
                    {
                        Push(_buffer.Dequeue().Element);
                        return true;
                    }

                    // Nowhere to emit to: wait for demand with the element in the port.
                    return false;
                case DelayOverflowStrategy.DropNew:
                    Grab();
                    Pull();
                    return false;
                case DelayOverflowStrategy.Fail:
                    FailStage(new BufferOverflowException($"Buffer overflow for Delay combinator (max capacity was: {size})!"));
                    return false;
                default:
                    return _buffer.MakeRoom((OverflowStrategy)strategy);
            }
        }

        private void PushDue()
        {
            if (_buffer.Count > 0 && IsAvailable(Out) && (_buffer.Peek().Due <= Now || IsAvailable(In)))
            {
                Push(_buffer.Dequeue().Element);
                if (IsAvailable(In))
                {
                    OnPush();
                }
                else if (!IsClosed(In))
                {
                    TryPull(In);
                }
            }

            if (IsClosed(In) && _buffer.Count == 0)
            {
                CompleteStage();
            }
            else
            {
                Schedule();
            }
        }

        private void Schedule()
        {
            if (_buffer.Count > 0 && !IsTimerActive(DueTimer))
            {
                var wait = _buffer.Peek().Due - Now;
                if (wait > TimeSpan.Zero)
                {
                    ScheduleOnce(DueTimer, wait);
                }
                else if (IsAvailable(Out))
                {
                    PushDue();
                }
            }
        }
    }
}
