namespace Akka.Dispatch.SysMsg;

/// <summary>How far a cell is from normal; each state handles a subset of the messages that the state before it handles.</summary>
internal enum CellState
{
    /// <summary>Everything is handled.</summary>
    Normal = 0,

    /// <summary>The mailbox is suspended: failures of children wait until this actor knows its own fate.</summary>
    Suspended = 1,

    /// <summary>A restart or creation waits for children to stop: nothing may interfere with it.</summary>
    WaitingForChildren = 2,

    /// <summary>Never reached: for messages that are handled in every state.</summary>
    Never = 3,
}
