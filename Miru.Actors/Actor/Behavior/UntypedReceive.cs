namespace Akka.Actor;

/// <summary>A behaviour that handles every message it gets.</summary>
public delegate void UntypedReceive(object message);
