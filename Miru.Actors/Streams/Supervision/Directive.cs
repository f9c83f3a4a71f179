namespace Akka.Streams.Supervision;

/// <summary>What an operator does about an exception thrown by the function it was given.</summary>
public enum Directive
{
    /// <summary>The stream fails.</summary>
    Stop = 0,

    /// <summary>The element is dropped.</summary>
    Resume = 1,

    /// <summary>The element is dropped and the operator's accumulated state too.</summary>
    Restart = 2,
}
