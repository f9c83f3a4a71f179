namespace Akka.Streams.Implementation.Stages;

/// <summary>How stages wait for tasks.</summary>
internal static class TaskNotification
{
    /// <summary>Calls back when the task ends, on the thread that ends it; the callback is one of a stage and only posts.</summary>
    public static void Send<T>(Task<T> task, Action<Task<T>> callback) =>
        task.ContinueWith(
            static (ended, state) => ((Action<Task<T>>)state)(ended),
            callback,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    /// <summary>Why a task did not succeed.</summary>
    public static Exception Failure(Task task) => task.Exception?.InnerException ?? new TaskCanceledException(task);
}
