namespace Akka.Event;

/// <summary>A message whose loss is nothing to report: it is published as <see cref="SuppressedDeadLetter"/> and not logged.</summary>
public interface IDeadLetterSuppression;
