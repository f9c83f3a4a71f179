using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Tells the test's logger to hide events that any of these filters means; once for each time it is told.</summary>
internal sealed class MuteEvents(IReadOnlyCollection<EventFilter> filters) : INoSerializationVerificationNeeded
{
    public IReadOnlyCollection<EventFilter> Filters { get; } = filters;
}
