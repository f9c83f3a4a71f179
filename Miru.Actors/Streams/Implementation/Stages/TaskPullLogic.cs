using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

/// <summary>A source that asks a task for each element and knows no element from none: the task tells.</summary>
internal abstract class TaskPullLogic<T>(SourceShape<T> shape) : SourceLogic<T>(shape)
{
    private Action<Task<Option<T>>> _completed;

    public override void PreStart() => _completed = GetAsyncCallback<Task<Option<T>>>(Settle);

    public override void OnPull()
    {
        var task = Next();
        if (task.IsCompleted)
        {
            Settle(task);
        }
        else
        {
            TaskNotification.Send(task, _completed);
        }
    }

    protected abstract Task<Option<T>> Next();

    private void Settle(Task<Option<T>> task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            FailStage(TaskNotification.Failure(task));
        }
        else if (!task.Result.HasValue)
        {
            CompleteStage();
        }
        else if (IsAvailable(Out))
        {
            Push(task.Result.Value);
        }
    }
}
