namespace Miru.Actors.Tests.Doubles;

/// <summary>Holds an actor in the middle of a message until the test lets it go on.</summary>
public sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ManualResetEventSlim _open = new();
    private readonly ManualResetEventSlim _reached = new();

    /// <summary>Called by the actor.</summary>
    public void Pass()
    {
        _reached.Set();
        if (!_open.Wait(Patience)) throw new TimeoutException("Nobody opened the gate.");
    }

    /// <summary>Called by the test: returns once the actor stands before the gate.</summary>
    public void AwaitArrival()
    {
        if (!_reached.Wait(Patience)) throw new TimeoutException("Nobody came to the gate.");
    }

    /// <summary>Called by the test.</summary>
    public void Open() => _open.Set();
}
