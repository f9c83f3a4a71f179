using Akka.Actor;

namespace Akka.Pattern;

/// <summary>A call was not made because the circuit is open.</summary>
public class OpenCircuitException : AkkaException
{
    /// <summary>With nothing to add.</summary>
    public OpenCircuitException() : this("Circuit Breaker is open; calls are failing fast") { }

    /// <summary>With a message.</summary>
    public OpenCircuitException(string message) : this(message, null, TimeSpan.Zero) { }

    /// <summary>With what opened the circuit.</summary>
    public OpenCircuitException(Exception cause) : this("Circuit Breaker is open; calls are failing fast", cause) { }

    /// <summary>With a message and what opened the circuit.</summary>
    public OpenCircuitException(string message, Exception cause) : this(message, cause, TimeSpan.Zero) { }

    /// <summary>With a message, what opened the circuit, and how long it stays open.</summary>
    public OpenCircuitException(string message, Exception cause, TimeSpan remainingDuration) : base(message, cause) => RemainingDuration = remainingDuration;

    /// <summary>How long the circuit stays open; zero when that is not known.</summary>
    public TimeSpan RemainingDuration { get; }
}
