namespace Akka.Actor;

/// <summary>Does things later. A test replaces it by one with a virtual clock (<c>akka.scheduler.implementation</c>).</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    /// <summary>For what is not a message.</summary>
    IAdvancedScheduler Advanced { get; }
}
