using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>
/// The base of all system messages. It is its own queue node, so posting one allocates nothing more; an instance must be posted once only.
/// A message knows which part of the cell handles it.
/// </summary>
internal abstract class SystemMessage : ISystemMessage
{
    /// <summary>The next message of the list this one is in.</summary>
    internal SystemMessage Next;

    /// <summary>The least state of a cell in which this message has to wait. See <see cref="CellState"/>.</summary>
    internal virtual CellState WaitsFrom => CellState.Never;

    /// <summary>Has the cell handle it, on the cell's own thread of execution.</summary>
    internal abstract void Deliver(ActorCell cell);

    /// <summary>Says what becomes of it when the cell is gone. Most just go.</summary>
    internal virtual void Undeliverable(ActorCell cell) { }
}
