namespace Akka.Streams.Supervision;

/// <summary>Says what an operator does about an exception thrown by the function it was given.</summary>
public delegate Directive Decider(Exception cause);
