using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Event;

/// <summary>Writes log events to the standard output, one after the other.</summary>
public class DefaultLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    private static readonly LogLevel[] Levels = [LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel];

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                // The runtime publishes some events itself, whatever the level: the subscription keeps to it.
                foreach (var level in Levels)
                    if (level >= initialize.LoggingBus.LogLevel) initialize.LoggingBus.Subscribe(Self, level.ClassFor());
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Print(logEvent);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes one event.</summary>
    protected virtual void Print(LogEvent logEvent) => Console.WriteLine(logEvent);
}
