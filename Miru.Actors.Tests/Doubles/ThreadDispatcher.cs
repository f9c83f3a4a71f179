using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;

namespace Miru.Actors.Tests.Doubles;

/// <summary>Runs all its actors on one thread of its own.</summary>
public sealed class ThreadDispatcher : MessageDispatcher
{
    private readonly BlockingCollection<IRunnable> _turns = new(new ConcurrentQueue<IRunnable>());

    private ThreadDispatcher(MessageDispatcherConfigurator configurator) : base(configurator)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "own dispatcher" };
        ThreadId = thread.ManagedThreadId;
        thread.Start();
    }

    private int ThreadId { get; }

    protected override void ExecuteTask(IRunnable run)
    {
        // When the system has ended, no actor is left that could be waiting for this.
        if (!_turns.IsAddingCompleted) _turns.Add(run);
    }

    protected override void Shutdown() => _turns.CompleteAdding();

    private void Run()
    {
        foreach (var turn in _turns.GetConsumingEnumerable()) turn.Run();
    }

    /// <summary>Makes the one dispatcher of its id; the system ends it.</summary>
    public sealed class Factory : MessageDispatcherConfigurator
    {
        private readonly ThreadDispatcher _dispatcher;

        public Factory(IDispatcherPrerequisites prerequisites) : base(ConfigurationFactory.ParseString("id = own\nthroughput = 30"), prerequisites) =>
            _dispatcher = new ThreadDispatcher(this);

        public int ThreadId => _dispatcher.ThreadId;

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }
}
