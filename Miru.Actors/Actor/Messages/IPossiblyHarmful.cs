namespace Akka.Actor;

/// <summary>A message that should not come from a system one does not trust.</summary>
public interface IPossiblyHarmful;
