using System.Collections.Concurrent;

namespace Akka.Dispatch;

/// <summary>A thread of its own for the actors that use it; it sleeps while there is nothing to do.</summary>
internal sealed class PinnedDispatcher : MessageDispatcher
{
    private readonly BlockingCollection<IRunnable> _work = [];

    internal PinnedDispatcher(MessageDispatcherConfigurator configurator, string name) : base(configurator) =>
        new Thread(RunAll) { IsBackground = true, Name = name }.Start();

    protected override void ExecuteTask(IRunnable run)
    {
        // After the shutdown there is no actor left that could be waiting for this.
        if (!_work.IsAddingCompleted) _work.TryAdd(run);
    }

    protected override void Shutdown() => _work.CompleteAdding();

    private void RunAll()
    {
        foreach (var run in _work.GetConsumingEnumerable())
        {
            try { run.Run(); }
            catch (Exception failure) { ReportFailure(failure); }
        }
    }
}
