namespace Akka.Actor;

/// <summary>Schedules what is not a message. Prefer messages: they run inside the actor.</summary>
public interface IAdvancedScheduler : IActionScheduler;
