using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// The top of the tree: <c>/</c> with <c>/user</c> for the application and <c>/system</c> for the runtime. /user stops first,
/// then /system, then /, then the system has ended.
/// </summary>
internal sealed class Guardians
{
    internal Guardians(ActorSystemImpl system, ActorPath rootPath, Termination termination)
    {
        var aboveRoot = new AboveRoot(rootPath, system, termination);
        Root = new LocalActorRef(rootPath);
        var rootCell = new ActorCell(system, Root, Props.ByFactory(static () => new RootGuardian()), system.Dispatchers.DefaultGlobalDispatcher, aboveRoot);
        rootCell.Start();
        var strategy = GuardianStrategy.Of(system.Settings);
        User = system.CreateChild(rootCell, Props.ByFactory(static () => new UserGuardian()).WithSupervisorStrategy(strategy), "user");
        System = system.CreateChild(rootCell, Props.ByFactory(() => new SystemGuardianActor(User)), "system");
        Root.Tell(new RootGuardian.Watched(System), ActorRefs.NoSender);
    }

    internal LocalActorRef Root { get; }

    internal LocalActorRef User { get; }

    internal LocalActorRef System { get; }

    /// <summary>What <c>/</c> reports to: its end is the system's.</summary>
    private sealed class AboveRoot(ActorPath path, ActorSystemImpl system, Termination termination) : MinimalActorRef
    {
        public override ActorPath Path { get; } = path / "bubble-walker";

        public override IActorRefProvider Provider => system.Provider;

        public override void SendSystemMessage(ISystemMessage message)
        {
            switch (message)
            {
                case Failed failed:
                    system.Log.Log(Event.LogLevel.ErrorLevel, failed.Cause, $"guardian {failed.Child} failed, shutting down!");
                    ((IInternalActorRef)failed.Child).Stop();
                    break;
                case DeathWatchNotification:
                    termination.Finish();
                    break;
            }
        }
    }
}
