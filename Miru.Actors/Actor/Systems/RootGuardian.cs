namespace Akka.Actor;

/// <summary><c>/</c>: stops a guardian that fails, which ends the system, and ends when /system has.</summary>
internal sealed class RootGuardian : UntypedActor
{
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        Context.System.EventStream.Publish(new Event.Error(cause, Self.Path.ToString(), typeof(RootGuardian), "guardian failed, shutting down system"));
        return Directive.Stop;
    }, loggingEnabled: false);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Watched watched:
                Context.Watch(watched.Guardian);
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal sealed class Watched(IActorRef guardian)
    {
        internal IActorRef Guardian => guardian;
    }
}
