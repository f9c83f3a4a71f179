namespace Akka.Actor;

/// <summary><c>/system</c>: the parent of the runtime's own actors; it outlives /user, so that they can serve it to its end.</summary>
internal sealed class SystemGuardianActor(IActorRef user) : UntypedActor
{
    protected override void PreStart() => Context.Watch(user);

    protected override void OnReceive(object message)
    {
        if (message is Terminated) Context.Stop(Self);
        else Context.System.DeadLetters.Tell(new Event.DeadLetter(message, Sender, Self), Sender);
    }

    /// <summary>The children are the runtime's; a restart must not stop them.</summary>
    protected override void PreRestart(Exception reason, object message) { }
}
