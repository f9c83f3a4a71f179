namespace Akka.Actor;

/// <summary><c>/user</c>: the parent of the application's actors; understands no message.</summary>
internal sealed class UserGuardian : UntypedActor
{
    protected override void OnReceive(object message) => Context.System.DeadLetters.Tell(new Event.DeadLetter(message, Sender, Self), Sender);

    /// <summary>The children stop with the guardian; they are not stopped by a restart of it.</summary>
    protected override void PreRestart(Exception reason, object message) { }
}
