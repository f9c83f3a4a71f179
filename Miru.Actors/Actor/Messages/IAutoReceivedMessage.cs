namespace Akka.Actor;

/// <summary>Handled by the runtime before the actor's own behaviour sees it.</summary>
public interface IAutoReceivedMessage;
