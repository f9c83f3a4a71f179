namespace Akka.Actor;

/// <summary>
/// How a cell handles one message: first what the runtime answers itself, then the actor's behaviour. The message and its sender are the
/// current ones until it is handled; with an asynchronous handler, until that has finished.
/// </summary>
internal sealed class Reception(ActorCell cell)
{
    private ReceiveTimeoutTimer _timeout;

    /// <summary>The message being handled; null between messages.</summary>
    internal object Message { get; private set; }

    /// <summary>Who sent it; null when nobody did.</summary>
    internal IActorRef Sender { get; private set; }

    /// <summary>Numbers the messages handled, so that a stash can tell one message from another equal one.</summary>
    internal int Number { get; private set; }

    /// <summary>After how long without a message the actor wants to be told.</summary>
    internal TimeSpan? Timeout => _timeout?.Duration;

    internal void Handle(object message, IActorRef sender)
    {
        Message = message;
        Sender = sender;
        Number++;
        try
        {
            _timeout?.PauseFor(message);
            Receive(message);
            if (cell.Mailbox.IsSuspended) return;
            Forget();
            _timeout?.ResumeAfter(message);
        }
        catch (Exception failure)
        {
            cell.Faults.HandleFailure(failure);
        }
    }

    /// <summary>An asynchronous handler has finished; until now its message was the current one.</summary>
    internal void AsyncHandlerFinished(Exception failure)
    {
        if (failure is not null) cell.Faults.HandleFailure(failure);
        cell.Mailbox.Resume();
        if (cell.Mailbox.IsSuspended) return;
        Forget();
        RearmTimeout();
    }

    /// <summary>An idle actor keeps no message alive.</summary>
    internal void Forget()
    {
        Message = null;
        Sender = null;
    }

    /// <summary>Sets the sender of the message at hand and gives the one before.</summary>
    internal IActorRef ExchangeSender(IActorRef sender)
    {
        var before = Sender;
        Sender = sender;
        return before;
    }

    internal void SetTimeout(TimeSpan? timeout) => (_timeout ??= new ReceiveTimeoutTimer(cell)).Set(timeout);

    internal void RearmTimeout()
    {
        if (_timeout is not null && !cell.Mailbox.IsSuspended) _timeout.Rearm();
    }

    internal void CancelTimeout() => _timeout?.Cancel();

    private void Receive(object message)
    {
        if (message is IAutoReceivedMessage) AutoReceive(message);
        else cell.Incarnation.Handle(message);
    }

    /// <summary>These never reach the behaviour as they are.</summary>
    private void AutoReceive(object message)
    {
        switch (message)
        {
            case TimerTick tick:
                if (cell.Incarnation.Accepts(tick)) Receive(Message = tick.Message);
                break;
            case Terminated terminated:
                if (cell.DeathWatch.TryTakeAnnounced(terminated, out var announcement)) cell.Incarnation.Handle(Message = announcement);
                break;
            case PoisonPill:
                cell.SelfRef.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                cell.Sender.Tell(new ActorIdentity(identify.MessageId, cell.Self), cell.Self);
                break;
            case ActorSelectionMessage selection:
                ActorSelection.Deliver(cell.SelfRef, selection, Sender);
                break;
            default:
                cell.Incarnation.Handle(message);
                break;
        }
    }
}
