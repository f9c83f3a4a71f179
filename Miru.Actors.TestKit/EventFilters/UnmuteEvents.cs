using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Takes a <see cref="MuteEvents"/> of the same filters back.</summary>
internal sealed class UnmuteEvents(IReadOnlyCollection<EventFilter> filters) : INoSerializationVerificationNeeded
{
    public IReadOnlyCollection<EventFilter> Filters { get; } = filters;
}
