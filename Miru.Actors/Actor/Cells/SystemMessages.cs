using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// Handles a cell's system messages in order. Some must wait: the failure of a child while this actor has itself failed, and
/// every change of life while a restart waits for children. They are handled as soon as the cell is back in a state that allows it.
/// </summary>
internal sealed class SystemMessages(ActorCell cell)
{
    /// <summary>Newest first.</summary>
    private SystemMessage _waiting;

    private CellState State =>
        cell.Faults.IsWaitingForChildren ? CellState.WaitingForChildren
        : cell.Mailbox.IsSuspended ? CellState.Suspended
        : CellState.Normal;

    /// <summary>Handles a list, oldest first.</summary>
    internal void Handle(SystemMessage list)
    {
        var state = State;
        while (list is not null)
        {
            var message = list;
            list = message.Next;
            message.Next = null;
            if (cell.IsTerminated) message.Undeliverable(cell);
            else if (state >= message.WaitsFrom) Defer(message);
            else Deliver(message);

            var now = State;
            if (cell.IsTerminated || now < state) list = WaitingThen(list);
            state = now;
        }
    }

    private void Deliver(SystemMessage message)
    {
        try { message.Deliver(cell); }
        catch (Exception failure) { cell.Faults.HandleFailure(failure); }
    }

    private void Defer(SystemMessage message)
    {
        message.Next = _waiting;
        _waiting = message;
    }

    private SystemMessage WaitingThen(SystemMessage rest)
    {
        while (_waiting is { } message)
        {
            _waiting = message.Next;
            message.Next = rest;
            rest = message;
        }
        return rest;
    }
}
