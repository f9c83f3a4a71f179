namespace Akka.Dispatch;

/// <summary>A delegate as work for a dispatcher.</summary>
public sealed class ActionRunnable : IRunnable
{
    private readonly Action _action;

    /// <summary>Wraps a delegate.</summary>
    public ActionRunnable(Action action) => _action = action;

    /// <inheritdoc/>
    public void Run() => _action();
}
