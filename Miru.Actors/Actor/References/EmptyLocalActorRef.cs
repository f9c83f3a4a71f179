using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// A reference to nothing that still answers as the protocol of actors demands: a watch is answered with a notification, an
/// <see cref="Identify"/> with a nobody; everything else is a dead letter.
/// </summary>
internal class EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;

    public override IActorRefProvider Provider => provider;

    public override bool IsTerminated => true;

    protected EventStream EventStream { get; } = eventStream;

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is Watch watch) AnswerWatch(watch);
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is DeadLetter letter) Publish(letter.Message, letter.Sender, letter.Recipient);
        else Publish(message, sender, this);
    }

    protected void Publish(object message, IActorRef sender, IActorRef recipient)
    {
        if (AnsweredByProtocol(message, sender)) return;
        EventStream.Publish(message is IDeadLetterSuppression suppressed
            ? new SuppressedDeadLetter(suppressed, sender ?? this, recipient)
            : new DeadLetter(message, sender ?? this, recipient));
    }

    /// <summary>Watching the dead is answered at once; the watcher learns that nobody confirms it ever lived.</summary>
    internal static void AnswerWatch(Watch watch)
    {
        if (!watch.Watcher.Equals(watch.Watchee))
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
    }

    private static bool AnsweredByProtocol(object message, IActorRef sender)
    {
        switch (message)
        {
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                return true;
            case ActorSelectionMessage { Message: Identify identify } selection:
                if (!selection.WildCardFanOut) sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                return true;
            default:
                return false;
        }
    }
}
