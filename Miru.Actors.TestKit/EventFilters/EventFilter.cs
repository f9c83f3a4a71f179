using Akka.Event;

namespace Akka.TestKit;

/// <summary>One rule of which log events a test means, and a count of those that it met while it was in force.</summary>
internal sealed class EventFilter(Predicate<LogEvent> isMeant) : IEventFilter
{
    private int _met;

    public int Met => Volatile.Read(ref _met);

    public bool Apply(LogEvent logEvent)
    {
        if (!isMeant(logEvent)) return false;
        Interlocked.Increment(ref _met);
        return true;
    }

    /// <summary>The same rule with a count of its own.</summary>
    public EventFilter Fresh() => new(isMeant);
}
