using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;

namespace Miru.Actors.Tests.Doubles;

/// <summary>Runs actors only when the test says so, on the thread of the test: every interleaving is the test's own.</summary>
public sealed class ManualDispatcher(MessageDispatcherConfigurator configurator) : MessageDispatcher(configurator)
{
    private readonly ConcurrentQueue<IRunnable> _turns = new();

    /// <summary>Runs one turn; false if nobody wants one.</summary>
    public bool RunOne()
    {
        if (!_turns.TryDequeue(out var turn)) return false;
        turn.Run();
        return true;
    }

    /// <summary>Runs until nobody wants a turn any more.</summary>
    public void RunAll()
    {
        while (RunOne())
        {
        }
    }

    protected override void ExecuteTask(IRunnable run) => _turns.Enqueue(run);

    protected override void Shutdown()
    {
    }

    /// <summary>Makes the one dispatcher of its id.</summary>
    public sealed class Factory : MessageDispatcherConfigurator
    {
        private readonly ManualDispatcher _dispatcher;

        public Factory(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) => _dispatcher = new ManualDispatcher(this);

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }
}
