using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Maps each element to a task, several at a time; results come in the order of the elements.</summary>
internal sealed class SelectAsync<TIn, TOut> : FlowStage<TIn, TOut>
{
    private readonly int _parallelism;
    private readonly Func<TIn, Task<TOut>> _mapper;

    public SelectAsync(int parallelism, Func<TIn, Task<TOut>> mapper)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parallelism);
        (_parallelism, _mapper) = (parallelism, mapper);
    }

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, _parallelism, _mapper);

    private sealed class Logic(FlowShape<TIn, TOut> shape, int parallelism, Func<TIn, Task<TOut>> mapper) : FlowLogic<TIn, TOut>(shape)
    {
        private readonly BoundedBuffer<Task<TOut>> _tasks = new(parallelism);
        private Action<Task<TOut>> _completed;

        public override void PreStart() => _completed = GetAsyncCallback<Task<TOut>>(OnCompleted);

        public override void OnPush()
        {
            try
            {
                var task = mapper(Grab());
                _tasks.Enqueue(task);
                if (!task.IsCompleted)
                {
                    TaskNotification.Send(task, _completed);
                }
            }
            catch (Exception cause) when (Drops(cause))
            {
            }

            Advance();
        }

        public override void OnPull() => Advance();

        public override void OnUpstreamFinish()
        {
            if (_tasks.Count == 0)
            {
                CompleteStage();
            }
        }

        private void OnCompleted(Task<TOut> task)
        {
            // A failure that stops the stream does not wait for its turn.
            if (!task.IsCompletedSuccessfully && !Drops(TaskNotification.Failure(task)))
            {
                FailStage(TaskNotification.Failure(task));
            }
            else
            {
                Advance();
            }
        }

        private void Advance()
        {
            while (_tasks.Count > 0 && _tasks.Peek().IsCompleted && IsAvailable(Out))
            {
                var task = _tasks.Dequeue();
                if (task.IsCompletedSuccessfully)
                {
                    Push(task.Result);
                }
                else if (!Drops(TaskNotification.Failure(task)))
                {
                    FailStage(TaskNotification.Failure(task));
                    return;
                }
            }

            if (IsClosed(In) && _tasks.Count == 0)
            {
                CompleteStage();
            }
            else if (!_tasks.IsFull)
            {
                TryPull(In);
            }
        }
    }
}
