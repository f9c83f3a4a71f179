using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// A target for log events that needs no actor: events come on the thread that logs, so it must be thread-safe and must not block.
/// Hosting derives from it to pass them on to Microsoft.Extensions.Logging; hand it over in a <see cref="LogSinkSetup"/>.
/// </summary>
internal abstract class LogSink : DetachedActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/LogSink");

    protected abstract void Write(LogEvent logEvent);

    protected sealed override void TellInternal(object message, IActorRef sender)
    {
        if (message is not LogEvent logEvent) return;
        try
        {
            Write(logEvent);
        }
        catch (Exception)
        {
            // Who logs must not fail for it, least of all the runtime while an actor ends; and there is no log left to tell it to.
        }
    }
}
