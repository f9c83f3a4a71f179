namespace Miru.Cloud.LongPoll;

/// <summary>
/// One request that wants to hear of a change. It listens from its creation on, so a caller that creates it first and looks at the database second
/// cannot miss a change between the two.
/// </summary>
internal sealed class Waiter(ChangeFeed changes, string subject, TimeProvider time) : IDisposable
{
    // Asynchronous continuations: whoever publishes must not run thousands of answers on its own stack.
    private readonly TaskCompletionSource<WakeReason> _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Subject => subject;

    /// <summary>Waits for the first reason to stop waiting. Never throws.</summary>
    public async Task<WakeReason> WaitAsync(TimeSpan wait, CancellationToken gone)
    {
        if (wait <= TimeSpan.Zero)
        {
            Wake(WakeReason.TimedOut);
        }

        if (_woken.Task.IsCompleted)
        {
            return await _woken.Task;
        }

        using var timer = time.CreateTimer(static waiter => ((Waiter)waiter!).Wake(WakeReason.TimedOut), this, wait, Timeout.InfiniteTimeSpan);
        using var left = gone.UnsafeRegister(static waiter => ((Waiter)waiter!).Wake(WakeReason.Gone), this);
        return await _woken.Task;
    }

    public void Wake(WakeReason reason) => _woken.TrySetResult(reason);

    public void Dispose() => changes.Remove(this);
}
