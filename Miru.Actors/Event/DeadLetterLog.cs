using Akka.Actor;

namespace Akka.Event;

/// <summary>Logs the first dead letters, at info level, then falls silent: <c>akka.log-dead-letters</c> says after how many.</summary>
internal sealed class DeadLetterLog(EventStream eventStream, int most) : DetachedActorRef
{
    private int _count;

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/DeadLetterLog");

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is not AllDeadLetters letter || eventStream.LogLevel > LogLevel.InfoLevel) return;
        var count = Interlocked.Increment(ref _count);
        if (count > most) return;
        var end = count == most ? ", no more dead letters will be logged" : "";
        eventStream.Publish(new Info(letter.Recipient.Path.ToString(), letter.Recipient.GetType(),
            $"Message [{letter.Message.GetType().Name}] from {letter.Sender} to {letter.Recipient} was {What(letter)}. [{count}] dead letters encountered{end}. "
            + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'."));
    }

    private static string What(AllDeadLetters letter) => letter switch
    {
        UnhandledMessage => "unhandled",
        Dropped dropped => $"dropped: {dropped.Reason}",
        _ => "not delivered",
    };
}
