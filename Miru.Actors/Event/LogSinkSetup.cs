using Akka.Actor.Setup;

namespace Akka.Event;

/// <summary>Gives a system the sinks that take its log events from its first moment on.</summary>
internal sealed class LogSinkSetup(params LogSink[] sinks) : Setup
{
    internal IReadOnlyList<LogSink> Sinks => sinks;
}
