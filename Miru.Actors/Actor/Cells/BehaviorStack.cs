namespace Akka.Actor;

/// <summary>
/// The behaviours of an actor. <c>Become</c> replaces the top, <c>BecomeStacked</c> keeps it below. The stack is the instance's: a
/// restart begins with the new instance's own.
/// </summary>
internal struct BehaviorStack
{
    private Stack<Receive> _below;

    internal Receive Current { get; private set; }

    internal readonly bool IsEmpty => Current is null;

    internal void Become(Receive receive) => Current = receive;

    internal void BecomeStacked(Receive receive)
    {
        if (Current is not null) (_below ??= new Stack<Receive>()).Push(Current);
        Current = receive;
    }

    /// <summary>Returns to the behaviour below; the last one stays.</summary>
    internal void UnbecomeStacked()
    {
        if (_below is { Count: > 0 }) Current = _below.Pop();
    }

    internal void Clear()
    {
        Current = null;
        _below = null;
    }
}
