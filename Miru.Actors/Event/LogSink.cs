using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// A target for log events that needs no actor: events come on the thread that logs, so it must be thread-safe and must not block.
/// Hosting derives from it to pass them on to Microsoft.Extensions.Logging; hand it over in a <see cref="LogSinkSetup"/>.
/// </summary>
internal abstract class LogSink : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/LogSink");

    protected abstract void Write(LogEvent logEvent);

    protected sealed override void TellInternal(object message, IActorRef sender)
    {
        if (message is LogEvent logEvent) Write(logEvent);
    }
}
