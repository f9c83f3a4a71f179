using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Its value decides: a result is emitted (none, if it is the default), an exception fails the stream.</summary>
internal sealed class MaybeSource<T> : GraphStageWithMaterializedValue<SourceShape<T>, TaskCompletionSource<T>>
{
    public override SourceShape<T> Shape { get; } = new(new Outlet<T>("MaybeSource.out"));

    public override ILogicAndMaterializedValue<TaskCompletionSource<T>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var promise = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        return new LogicAndMaterializedValue<TaskCompletionSource<T>>(new Logic(Shape, promise), promise);
    }

    private sealed class Logic(SourceShape<T> shape, TaskCompletionSource<T> promise) : SourceLogic<T>(shape)
    {
        public override void PreStart()
        {
            if (promise.Task.IsCompleted)
            {
                Settle(promise.Task);
            }
            else
            {
                TaskNotification.Send(promise.Task, GetAsyncCallback<Task<T>>(Settle));
            }
        }

        public override void OnPull()
        {
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            promise.TrySetResult(default);
            CancelStage(cause);
        }

        public override void PostStop() => promise.TrySetException(new AbruptStageTerminationException(this));

        private void Settle(Task<T> task)
        {
            if (!task.IsCompletedSuccessfully)
            {
                FailStage(TaskNotification.Failure(task));
            }
            else if (EqualityComparer<T>.Default.Equals(task.Result, default))
            {
                CompleteStage();
            }
            else
            {
                Emit(Out, task.Result, CompleteStage);
            }
        }
    }
}
