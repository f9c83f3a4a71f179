using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Makes the scheduler a system's settings name, or its own.</summary>
internal static class SchedulerFactory
{
    internal static IScheduler Create(ActorSystemImpl system) =>
        system.Settings.SchedulerClass is { } name
            ? TypeName.Create<IScheduler>(name, system.Settings.Config.GetConfig("akka.scheduler") ?? Config.Empty, system.Log)
            : new TimerQueueScheduler(TimeProvider.System, Logging.GetLogger(system.EventStream, "Scheduler"));
}
