using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Somebody told the circuit breaker of a failure without saying which.</summary>
public class UserCalledFailException : AkkaException
{
    /// <summary>With nothing to add.</summary>
    public UserCalledFailException() : base("User code caused an exception in a CircuitBreaker.") { }
}
