namespace Akka.Actor;

/// <summary>Calls a delegate later, on a thread of the pool: it must be thread-safe and must not block.</summary>
public interface IActionScheduler : IRunnableScheduler
{
    /// <summary>Calls a delegate once after a delay.</summary>
    void ScheduleOnce(TimeSpan delay, Action action);

    /// <summary>Calls a delegate once after a delay, unless cancelled.</summary>
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable);

    /// <summary>Calls a delegate again and again.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);

    /// <summary>Calls a delegate again and again until cancelled.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable);
}
