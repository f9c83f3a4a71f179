using Akka.Actor;

namespace Akka.Event;

/// <summary>The first message to a logger: subscribe to the bus and answer <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    /// <summary>Names the bus.</summary>
    public InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;

    /// <summary>Where log events are published.</summary>
    public LoggingBus LoggingBus { get; }
}
