using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Runs the asynchronous handlers of one actor. The user mailbox is suspended until a handler has finished; its continuations come
/// back as system messages. So they run on the actor, one at a time, and are lost with it: <b>a stop during an await runs
/// <c>PostStop</c> at once and neither the continuation nor its <c>finally</c> ever</b>.
/// </summary>
public sealed class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a synchronous action on the running actor's scheduler.</summary>
    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Runs an asynchronous action of the running actor; its next message waits until the action has finished.</summary>
    /// <exception cref="InvalidOperationException">No actor runs on this thread.</exception>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        var scheduler = cell.TaskScheduler;
        cell.Mailbox.Suspend();
        Task.Factory.StartNew(asyncAction, CancellationToken.None, TaskCreationOptions.None, scheduler)
            .Unwrap()
            .ContinueWith(scheduler.Finished, CancellationToken.None, TaskContinuationOptions.None, scheduler);
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (ReferenceEquals(ActorCell.Current, _cell)) TryExecuteTask(task);
        else _cell.Mailbox.PostSystem(new ActorTask(this, task));
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => null;

    internal void Execute(Task task) => TryExecuteTask(task);

    private void Finished(Task handler) => _cell.Reception.AsyncHandlerFinished(FailureOf(handler));

    private static Exception FailureOf(Task task) =>
        task.IsCanceled ? new TaskCanceledException(task)
        : task.Exception is not { } many ? null
        : many.InnerExceptions.Count == 1 ? many.InnerException : many;
}
