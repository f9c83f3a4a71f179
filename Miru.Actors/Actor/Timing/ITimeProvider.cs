namespace Akka.Actor;

/// <summary>The clocks of a scheduler.</summary>
public interface ITimeProvider
{
    /// <summary>The time of day.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Time since some moment; never goes back.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>The same, at the best resolution there is.</summary>
    TimeSpan HighResMonotonicClock { get; }
}
