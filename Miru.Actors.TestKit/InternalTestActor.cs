using Akka.Actor;

namespace Akka.TestKit;

/// <summary>
/// Stands in the system for the test. Owns: the pilot, the rule of what to ignore, watches and children of the test.
/// Receives: everything, and <see cref="TestActor"/>'s commands. Tells: nobody; it queues for the test. On failure: stops, as any user code in a pilot would make it.
/// </summary>
internal sealed class InternalTestActor(TestInbox inbox) : ActorBase
{
    private readonly DelegatingSupervisorStrategy _strategy = new();
    private TestActor.Ignore _ignore;
    private AutoPilot _pilot = NoAutoPilot.Instance;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore command: _ignore = command.Ignore; break;
            case TestActor.Watch command: Context.Watch(command.Actor); break;
            case TestActor.Unwatch command: Context.Unwatch(command.Actor); break;
            case TestActor.SetAutoPilot command: _pilot = command.AutoPilot; break;
            case TestActor.SpawnChild command: Spawn(command); break;
            default: Show(message); break;
        }
        return true;
    }

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override void PostStop()
    {
        // What the test never looked at is as lost as any message to a stopped actor.
        while (inbox.TryTake(out var left)) Context.System.DeadLetters.Tell(new Event.DeadLetter(left.Message, left.Sender, Self), left.Sender);
    }

    private void Show(object message)
    {
        var next = _pilot.Run(Sender, message);
        if (next is not KeepRunning) _pilot = next;
        if (_ignore is null || !_ignore(message)) inbox.Add(new RealMessageEnvelope(message, Sender));
    }

    private void Spawn(TestActor.SpawnChild command)
    {
        var child = command.Apply(Context);
        if (command.Strategy is { } strategy) _strategy.Update(child, strategy);
        inbox.Add(new RealMessageEnvelope(child, Self));
    }
}
