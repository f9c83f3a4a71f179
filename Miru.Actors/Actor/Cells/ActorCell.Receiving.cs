namespace Akka.Actor;

/// <summary>How a cell handles one message: first what the runtime answers itself, then the actor's behaviour.</summary>
internal sealed partial class ActorCell
{
    internal void Invoke(object message, IActorRef sender)
    {
        CurrentMessage = message;
        _sender = sender;
        CurrentEnvelopeId++;
        try
        {
            _timeout?.PauseFor(message);
            Receive(message);
            if (Mailbox.IsSuspended) return;
            ForgetMessage();
            _timeout?.ResumeAfter(message);
        }
        catch (Exception failure)
        {
            Faults.HandleFailure(failure);
        }
    }

    /// <summary>An asynchronous handler has finished; until now its message was the current one.</summary>
    internal void AsyncHandlerFinished(Exception failure)
    {
        if (failure is not null) Faults.HandleFailure(failure);
        Mailbox.Resume();
        if (Mailbox.IsSuspended) return;
        ForgetMessage();
        RearmReceiveTimeout();
    }

    internal void RearmReceiveTimeout()
    {
        if (_timeout is not null && !Mailbox.IsSuspended) _timeout.Rearm();
    }

    private void ForgetMessage()
    {
        CurrentMessage = null;
        _sender = null;
    }

    private void Receive(object message)
    {
        if (message is IAutoReceivedMessage) AutoReceive(message);
        else ReceiveByBehavior(message);
    }

    private void ReceiveByBehavior(object message) => Actor.HandleByBehavior(_behaviors.Current, message);

    /// <summary>These never reach the behaviour as they are.</summary>
    private void AutoReceive(object message)
    {
        switch (message)
        {
            case TimerTick tick:
                ReceiveTick(tick);
                break;
            case Terminated terminated:
                if (DeathWatch.TryTakeAnnounced(terminated, out var announcement)) ReceiveByBehavior(CurrentMessage = announcement);
                break;
            case PoisonPill:
                SelfRef.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, Self), Self);
                break;
            case ActorSelectionMessage selection:
                Akka.Actor.ActorSelection.Deliver(SelfRef, selection, _sender);
                break;
            default:
                ReceiveByBehavior(message);
                break;
        }
    }

    /// <summary>A tick of a timer that was cancelled, replaced, or of an instance before this one is discarded.</summary>
    private void ReceiveTick(TimerTick tick)
    {
        if (_timers is null || !_timers.Accepts(tick)) return;
        CurrentMessage = tick.Message;
        Receive(tick.Message);
    }
}
