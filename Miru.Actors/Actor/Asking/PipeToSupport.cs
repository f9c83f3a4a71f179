namespace Akka.Actor;

/// <summary>
/// Turns the outcome of a task into a message: the way an actor does something asynchronous without touching its state from elsewhere.
/// A failure, and a cancellation, arrives as <see cref="Status.Failure"/>. Without a <c>success</c> function a task without a result tells nothing.
/// </summary>
public static class PipeToSupport
{
    /// <summary>Tells the result, or what <paramref name="success"/> makes of it.</summary>
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, IActorRef sender = null,
        Func<T, object> success = null, Func<Exception, object> failure = null) =>
        taskToPipe.PipeTo(recipient, useConfigureAwait: false, sender, success, failure);

    /// <summary>The same; with <paramref name="useConfigureAwait"/> on the current task scheduler.</summary>
    public static async Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef sender = null,
        Func<T, object> success = null, Func<Exception, object> failure = null)
    {
        try
        {
            var result = await taskToPipe.ConfigureAwait(useConfigureAwait);
            recipient.Tell(success is null ? result : success(result), sender);
        }
        catch (Exception reason)
        {
            recipient.Tell(Failure(reason, failure), sender);
        }
    }

    /// <summary>Tells the result, or what <paramref name="success"/> makes of it.</summary>
    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, IActorRef sender = null,
        Func<T, object> success = null, Func<Exception, object> failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, useConfigureAwait: false, sender, success, failure);

    /// <summary>The same; with <paramref name="useConfigureAwait"/> on the current task scheduler.</summary>
    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef sender = null,
        Func<T, object> success = null, Func<Exception, object> failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, useConfigureAwait, sender, success, failure);

    /// <summary>Tells what <paramref name="success"/> makes; nothing without it.</summary>
    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, IActorRef sender = null,
        Func<object> success = null, Func<Exception, object> failure = null) =>
        taskToPipe.PipeTo(recipient, useConfigureAwait: false, sender, success, failure);

    /// <summary>The same; with <paramref name="useConfigureAwait"/> on the current task scheduler.</summary>
    public static async Task PipeTo(this Task taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef sender = null,
        Func<object> success = null, Func<Exception, object> failure = null)
    {
        try
        {
            await taskToPipe.ConfigureAwait(useConfigureAwait);
            if (success is not null) recipient.Tell(success(), sender);
        }
        catch (Exception reason)
        {
            recipient.Tell(Failure(reason, failure), sender);
        }
    }

    /// <summary>Tells what <paramref name="success"/> makes; nothing without it.</summary>
    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, IActorRef sender = null,
        Func<object> success = null, Func<Exception, object> failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, useConfigureAwait: false, sender, success, failure);

    /// <summary>The same; with <paramref name="useConfigureAwait"/> on the current task scheduler.</summary>
    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef sender = null,
        Func<object> success = null, Func<Exception, object> failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, useConfigureAwait, sender, success, failure);

    private static object Failure(Exception reason, Func<Exception, object> failure) =>
        failure is null ? new Status.Failure(reason) : failure(reason);
}
