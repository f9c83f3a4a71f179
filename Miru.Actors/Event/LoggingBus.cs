using Akka.Actor;

namespace Akka.Event;

/// <summary>A bus for events by type. Its loggers get the log events of its level and above; below it adapters do not even make them.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private readonly List<IActorRef> _loggers = [];
    private volatile LogLevel _level = LogLevel.InfoLevel;

    /// <summary>The least level that is logged.</summary>
    public LogLevel LogLevel => _level;

    /// <summary>Changes the level, also of the loggers that are there.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        lock (_loggers)
        {
            _level = logLevel;
            foreach (var logger in _loggers) SubscribeByLevel(logger);
        }
    }

    /// <summary>Has a logger told from now on; it hears nothing below the bus's level.</summary>
    internal void AddLogger(IActorRef logger)
    {
        lock (_loggers)
        {
            _loggers.Add(logger);
            SubscribeByLevel(logger);
        }
    }

    /// <inheritdoc/>
    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    /// <inheritdoc/>
    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event, ActorRefs.NoSender);

    /// <inheritdoc/>
    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    /// <inheritdoc/>
    protected override Type GetClassifier(object @event) => @event.GetType();

    private void SubscribeByLevel(IActorRef logger)
    {
        for (var level = LogLevel.DebugLevel; level <= LogLevel.ErrorLevel; level++)
        {
            if (level >= _level) Subscribe(logger, level.ClassFor());
            else Unsubscribe(logger, level.ClassFor());
        }
    }
}
