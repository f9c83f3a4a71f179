using Akka.Event;

namespace Akka.TestKit;

/// <summary>Decides which log events the test meant.</summary>
public interface IEventFilter
{
    /// <summary>Whether <paramref name="logEvent"/> is one of those.</summary>
    bool Apply(LogEvent logEvent);
}
