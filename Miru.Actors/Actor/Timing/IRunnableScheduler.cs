using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Runs work later, on a thread of the pool: it must be thread-safe and must not block.</summary>
public interface IRunnableScheduler
{
    /// <summary>Runs work once after a delay.</summary>
    void ScheduleOnce(TimeSpan delay, IRunnable action);

    /// <summary>Runs work once after a delay, unless cancelled.</summary>
    void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable);

    /// <summary>Runs work again and again.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action);

    /// <summary>Runs work again and again until cancelled.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable);
}
