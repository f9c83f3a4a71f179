namespace Akka.Actor;

/// <summary>An actor with timers; they are there from <c>PreStart</c> on, not in the constructor.</summary>
public interface IWithTimers
{
    /// <summary>The timers; set by the runtime.</summary>
    ITimerScheduler Timers { get; set; }
}
