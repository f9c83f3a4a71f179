using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// The logger of a system under test: hides and counts the events that a filter in force means, prints the others.
/// Owns: the filters in force. Receives: log events, dead letters, unhandled messages, and what mutes and unmutes. Tells: nobody. On failure: restarts without filters.
/// </summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<EventFilter> _filters = [];

    /// <inheritdoc />
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger: Subscribe(); return base.Receive(message);
            case MuteEvents mute: _filters.AddRange(mute.Filters); return true;
            case UnmuteEvents unmute: foreach (var filter in unmute.Filters) _filters.Remove(filter); return true;
            case LogEvent logEvent: Show(logEvent); return true;
            case DeadLetter letter: Show(letter); return true;
            case UnhandledMessage unhandled: Show(unhandled); return true;
            default: return base.Receive(message);
        }
    }

    /// <summary>Waits until the listener of a system that has one listens: a filter must not be told to nobody.</summary>
    internal static void AwaitReady(ActorSystem system)
    {
        var listener = ((ExtendedActorSystem)system).SystemGuardian.GetChild(["log-" + nameof(TestEventListener)]);
        // It answers after it has handled what the system's start told it.
        if (!listener.IsNobody()) listener.Ask<ActorIdentity>(new Identify(null), TimeSpan.FromSeconds(10)).Wait();
    }

    private void Subscribe()
    {
        foreach (var type in new[] { typeof(MuteEvents), typeof(UnmuteEvents), typeof(DeadLetter), typeof(UnhandledMessage) })
            Context.System.EventStream.Subscribe(Self, type);
    }

    private void Show(LogEvent logEvent)
    {
        if (!IsMeant(logEvent)) Print(logEvent);
    }

    private void Show(DeadLetter letter)
    {
        // Filters for dead letters look at the letter itself, filters for text at what the log would say about it.
        var source = letter.Recipient.Path.ToString();
        if (letter.Message is ISystemMessage || IsMeant(new Warning(source, letter.Recipient.GetType(), letter))) return;
        Show(new Warning(source, letter.Recipient.GetType(), $"Received dead letter from {letter.Sender}: {letter.Message}"));
    }

    private void Show(UnhandledMessage unhandled)
    {
        var text = $"Unhandled message from {unhandled.Sender}: {unhandled.Message}";
        Show(new Warning(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), text));
    }

    private bool IsMeant(LogEvent logEvent)
    {
        // All of them count, as each may belong to an expectation of its own.
        var meant = false;
        foreach (var filter in _filters) meant |= filter.Apply(logEvent);
        return meant;
    }
}
