namespace Akka.Pattern;

/// <summary>Who wants to know how a circuit changes. Called on the thread that changed it, outside of its lock.</summary>
internal sealed class CircuitListeners
{
    private readonly Lock _gate = new();
    private (Circuit Circuit, Action Callback)[] _all = [];

    internal void Add(Circuit circuit, Action callback)
    {
        lock (_gate) _all = [.. _all, (circuit, callback)];
    }

    internal void Notify(Circuit circuit)
    {
        foreach (var (wanted, callback) in Volatile.Read(ref _all))
            if (wanted == circuit) callback();
    }
}
