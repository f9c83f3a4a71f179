using Akka.Actor;

namespace Akka.Event;

/// <summary>The first message to a logger, to be answered with <see cref="LoggerInitialized"/>. The bus tells it what is of its level.</summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    /// <summary>Names the bus.</summary>
    public InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;

    /// <summary>Where log events are published.</summary>
    public LoggingBus LoggingBus { get; }
}
