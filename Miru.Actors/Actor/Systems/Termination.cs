using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>The end of a system: once, in order, observable.</summary>
internal sealed class Termination(ActorSystemImpl system)
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<Action> _actions = new();
    private bool _stopping;

    internal Task WhenTerminated => _terminated.Task;

    /// <exception cref="InvalidOperationException">The system has ended.</exception>
    internal void Register(Action action)
    {
        lock (_actions)
        {
            if (_terminated.Task.IsCompleted) throw new InvalidOperationException("ActorSystem already terminated.");
            _actions.Push(action);
        }
    }

    /// <summary>Runs the coordinated shutdown, which ends with stopping the actors; without it stops them at once.</summary>
    internal Task Begin()
    {
        if (!system.Settings.CoordinatedShutdownRunByActorSystemTerminate) return StopActors();
        _ = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        return WhenTerminated;
    }

    internal Task StopActors()
    {
        lock (_actions)
        {
            if (_stopping) return WhenTerminated;
            _stopping = true;
        }
        if (!system.Settings.LogDeadLettersDuringShutdown) Event.Loggers.StopDeadLetterLog(system);
        system.StopGuardians();
        return WhenTerminated;
    }

    /// <summary>The last actor has stopped.</summary>
    internal void Finish()
    {
        while (TakeAction() is { } action)
        {
            try { action(); }
            catch (Exception failure) { system.Log.Log(Event.LogLevel.ErrorLevel, failure, "An action registered for the system's termination failed"); }
        }
        system.Release();
        _terminated.TrySetResult();
    }

    private Action TakeAction()
    {
        lock (_actions) return _actions.TryPop(out var action) ? action : null;
    }
}
