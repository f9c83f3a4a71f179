using Akka.Actor;

namespace Akka.Event;

/// <summary>A bus for events by type, and the level below which log events are not even made.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private volatile LogLevel _level = LogLevel.InfoLevel;

    /// <summary>Log events below this level are not made.</summary>
    public LogLevel LogLevel => _level;

    /// <summary>Changes the level.</summary>
    public void SetLogLevel(LogLevel logLevel) => _level = logLevel;

    /// <inheritdoc/>
    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    /// <inheritdoc/>
    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);

    /// <inheritdoc/>
    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    /// <inheritdoc/>
    protected override Type GetClassifier(object @event) => @event.GetType();
}
