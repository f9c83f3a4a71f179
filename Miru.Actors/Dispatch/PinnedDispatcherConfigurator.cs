using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes a thread of its own per dispatcher asked for, as Akka.NET's pinned dispatcher does per actor.</summary>
internal sealed class PinnedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites, string id)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() => new PinnedDispatcher(this, id);
}
