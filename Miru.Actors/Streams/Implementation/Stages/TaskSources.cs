using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

/// <summary>A task's result.</summary>
internal sealed class TaskSource<T>(Task<T> task) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, task);

    private sealed class Logic(SourceShape<T> shape, Task<T> task) : SourceLogic<T>(shape)
    {
        public override void OnPull()
        {
            if (task.IsCompleted)
            {
                Settle(task);
            }
            else
            {
                TaskNotification.Send(task, GetAsyncCallback<Task<T>>(Settle));
            }
        }

        private void Settle(Task<T> ended)
        {
            if (ended.IsCompletedSuccessfully)
            {
                Emit(Out, ended.Result, CompleteStage);
            }
            else
            {
                FailStage(TaskNotification.Failure(ended));
            }
        }
    }
}

/// <summary>An asynchronous function of a state, until it yields none.</summary>
internal sealed class UnfoldAsyncSource<TState, T>(TState state, Func<TState, Task<Option<(TState, T)>>> unfold) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, state, unfold);

    private sealed class Logic(SourceShape<T> shape, TState initial, Func<TState, Task<Option<(TState, T)>>> unfold) : SourceLogic<T>(shape)
    {
        private TState _state = initial;
        private Action<Task<Option<(TState, T)>>> _completed;

        public override void PreStart() => _completed = GetAsyncCallback<Task<Option<(TState, T)>>>(Settle);

        public override void OnPull()
        {
            var task = unfold(_state);
            if (task.IsCompleted)
            {
                Settle(task);
            }
            else
            {
                TaskNotification.Send(task, _completed);
            }
        }

        private void Settle(Task<Option<(TState, T)>> task)
        {
            if (!task.IsCompletedSuccessfully)
            {
                FailStage(TaskNotification.Failure(task));
            }
            else if (!task.Result.HasValue)
            {
                CompleteStage();
            }
            else
            {
                _state = task.Result.Value.Item1;
                Push(task.Result.Value.Item2);
            }
        }
    }
}
