using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs unhandled messages, at debug level, when <c>akka.actor.debug.unhandled</c> is on.</summary>
internal sealed class UnhandledLog(EventStream eventStream) : DetachedActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/UnhandledLog");

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is UnhandledMessage unhandled && eventStream.LogLevel <= LogLevel.DebugLevel)
        {
            eventStream.Publish(new Debug(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(),
                $"Unhandled message from {unhandled.Sender} : {unhandled.Message}"));
        }
    }
}
