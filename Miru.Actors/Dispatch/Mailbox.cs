using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>
/// The mailbox of one cell: who may run it, and whether user messages are handled. One integer holds the whole status: whether a run is
/// scheduled, whether the mailbox is closed, and how often it is suspended.
/// <para>
/// Exactly one run is scheduled at a time; that is what makes an actor single-threaded. A run handles all system messages, then
/// up to <see cref="MessageDispatcher.Throughput"/> user messages with the system messages that came meanwhile before each, then goes
/// to the back of the dispatcher's queue. Suspension is counted and changes only inside a run; while a run is scheduled nobody
/// else writes the status, so these changes need no atomic instruction.
/// </para>
/// <para>
/// A closed mailbox still runs: it hands what is left, and what a racing sender still puts in, to the dead letters. So no message
/// is ever lost between the closing and its sender noticing.
/// </para>
/// </summary>
internal sealed class Mailbox(ActorCell cell, MessageDispatcher dispatcher, MailboxBound bound) : IRunnable, IThreadPoolWorkItem
{
    private const int Scheduled = 1;
    private const int Closed = 2;
    private const int OneSuspension = 4;

    private readonly MessageQueue _messages = new();
    private SystemMessageQueue _systemMessages;
    private int _status;

    internal MessageDispatcher Dispatcher => dispatcher;

    internal bool IsClosed => (Volatile.Read(ref _status) & Closed) != 0;

    internal bool IsSuspended => Volatile.Read(ref _status) >= OneSuspension;

    internal int Suspensions => Volatile.Read(ref _status) / OneSuspension;

    private bool HasSystemMessages => !_systemMessages.IsEmpty;

    internal int Count => _messages.Count;

    /// <summary>Takes a message from any thread. Allocates nothing while the queue's ring is large enough.</summary>
    internal void Post(object message, IActorRef sender)
    {
        if (IsClosed || bound?.TryEnter() == false)
        {
            ToDeadLetters(message, sender);
            return;
        }
        _messages.Enqueue(message, sender);
        ScheduleFor(OneSuspension);
    }

    /// <summary>Takes a system message from any thread; it is handled even while the mailbox is suspended.</summary>
    internal void PostSystem(SystemMessage message)
    {
        if (IsClosed)
        {
            message.Undeliverable(cell);
            return;
        }
        _systemMessages.Push(message);
        ScheduleFor(int.MaxValue);
    }

    /// <summary>Puts a message before all others. Only inside a run.</summary>
    internal void PostFirst(in Envelope envelope) => _messages.EnqueueFirst(envelope);

    /// <summary>Stops the handling of user messages until as many resumes came. Only inside a run.</summary>
    internal void Suspend() => Volatile.Write(ref _status, _status + OneSuspension);

    /// <summary>Takes one suspension back. Only inside a run. One resume too many is ignored, as in Akka.NET.</summary>
    internal void Resume()
    {
        if (IsSuspended) Volatile.Write(ref _status, _status - OneSuspension);
    }

    /// <summary>Ends the handling of messages for good. Only inside a run.</summary>
    internal void Close()
    {
        Interlocked.Exchange(ref _status, Scheduled | Closed);
        DrainToDeadLetters();
    }

    public void Execute() => Run();

    public void Run()
    {
        var outer = ActorCell.Current;
        ActorCell.Current = cell;
        try
        {
            HandleSystemMessages();
            if (IsClosed) DrainToDeadLetters();
            else HandleUserMessages();
        }
        finally
        {
            ActorCell.Current = outer;
            Interlocked.And(ref _status, ~Scheduled);
            ScheduleAgainIfNeeded();
        }
    }

    private void HandleUserMessages()
    {
        for (var left = dispatcher.Throughput; left > 0 && Volatile.Read(ref _status) == Scheduled; left--)
        {
            if (!TryTake(out var message, out var sender)) return;
            cell.Reception.Handle(message, sender);
            HandleSystemMessages();
        }
    }

    private void HandleSystemMessages()
    {
        while (HasSystemMessages) cell.SystemMessages.Handle(_systemMessages.TakeAll());
    }

    private void ScheduleAgainIfNeeded()
    {
        if (HasSystemMessages) ScheduleFor(int.MaxValue);
        else if (_messages.HasMessages) ScheduleFor(OneSuspension);
    }

    /// <summary>Schedules a run unless one is scheduled already, or the status is not below <paramref name="bound"/>.</summary>
    private void ScheduleFor(int bound)
    {
        var status = Volatile.Read(ref _status);
        while ((status & Scheduled) == 0 && status < bound)
        {
            var seen = Interlocked.CompareExchange(ref _status, status | Scheduled, status);
            if (seen == status)
            {
                Schedule();
                return;
            }
            status = seen;
        }
    }

    /// <summary>A dispatcher that refuses must not leave the mailbox scheduled for ever, nor throw at whoever sent a message.</summary>
    private void Schedule()
    {
        try
        {
            dispatcher.Execute(this);
        }
        catch (Exception refusal)
        {
            Interlocked.And(ref _status, ~Scheduled);
            cell.SystemImpl.EventStream.Publish(new Error(refusal, cell.Self.Path.ToString(), typeof(Mailbox), "The dispatcher refused to run the actor"));
        }
    }

    private bool TryTake(out object message, out IActorRef sender)
    {
        // What was put in front has been taken once before, and gave its place back then.
        var holdsPlace = bound is not null && !_messages.HasFront;
        if (!_messages.TryDequeue(out message, out sender)) return false;
        if (holdsPlace) bound.Leave();
        return true;
    }

    private void DrainToDeadLetters()
    {
        while (TryTake(out var message, out var sender)) ToDeadLetters(message, sender);
    }

    private void ToDeadLetters(object message, IActorRef sender) =>
        cell.SystemImpl.DeadLetters.Tell(new DeadLetter(message, sender ?? cell.SystemImpl.DeadLetters, cell.Self), sender);
}
