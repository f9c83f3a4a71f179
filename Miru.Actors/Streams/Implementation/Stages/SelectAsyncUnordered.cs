using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Maps each element to a task, several at a time; results come as they are ready.</summary>
internal sealed class SelectAsyncUnordered<TIn, TOut> : FlowStage<TIn, TOut>
{
    private readonly int _parallelism;
    private readonly Func<TIn, Task<TOut>> _mapper;

    public SelectAsyncUnordered(int parallelism, Func<TIn, Task<TOut>> mapper)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parallelism);
        (_parallelism, _mapper) = (parallelism, mapper);
    }

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, _parallelism, _mapper);

    private sealed class Logic(FlowShape<TIn, TOut> shape, int parallelism, Func<TIn, Task<TOut>> mapper) : FlowLogic<TIn, TOut>(shape)
    {
        private readonly BoundedBuffer<TOut> _results = new(parallelism);
        private Action<Task<TOut>> _completed;
        private int _running;

        public override void PreStart() => _completed = GetAsyncCallback<Task<TOut>>(OnCompleted);

        public override void OnPush()
        {
            try
            {
                var task = mapper(Grab());
                _running++;
                if (task.IsCompleted)
                {
                    OnCompleted(task);
                    return;
                }

                TaskNotification.Send(task, _completed);
            }
            catch (Exception cause) when (Drops(cause))
            {
            }

            Advance();
        }

        public override void OnPull() => Advance();

        public override void OnUpstreamFinish()
        {
            if (_running + _results.Count == 0)
            {
                CompleteStage();
            }
        }

        private void OnCompleted(Task<TOut> task)
        {
            _running--;
            if (task.IsCompletedSuccessfully)
            {
                _results.Enqueue(task.Result);
            }
            else if (!Drops(TaskNotification.Failure(task)))
            {
                FailStage(TaskNotification.Failure(task));
                return;
            }

            Advance();
        }

        private void Advance()
        {
            if (_results.Count > 0 && IsAvailable(Out))
            {
                Push(_results.Dequeue());
            }

            if (IsClosed(In) && _running + _results.Count == 0)
            {
                CompleteStage();
            }
            else if (_running + _results.Count < parallelism)
            {
                TryPull(In);
            }
        }
    }
}
