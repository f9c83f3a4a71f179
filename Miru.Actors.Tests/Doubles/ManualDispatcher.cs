using Akka.Configuration;
using Akka.Dispatch;

namespace Miru.Actors.Tests.Doubles;

/// <summary>Runs actors only when the test says so, on the thread of the test: every interleaving is the test's own.</summary>
public sealed class ManualDispatcher : MessageDispatcher
{
    private readonly Queue<IRunnable> _turns = new();
    private bool _letGo;

    // Akka.NET leaves it to each dispatcher to take its settings over.
    private ManualDispatcher(Factory factory) : base(factory)
    {
        Id = factory.Config.GetString("id");
        Throughput = factory.Config.GetInt("throughput");
    }

    /// <summary>Runs one turn; false if nobody wants one.</summary>
    public bool RunOne()
    {
        IRunnable turn;
        lock (_turns)
        {
            if (!_turns.TryDequeue(out turn)) return false;
        }
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

    /// <summary>Runs turns, and waits for those that others have still to want, until the task has ended.</summary>
    public void RunUntil(Task end, TimeSpan patience)
    {
        end.ContinueWith(_ => Wake(), TaskScheduler.Default);
        while (!end.IsCompleted)
        {
            if (RunOne()) continue;
            lock (_turns)
            {
                if (_turns.Count == 0 && !end.IsCompleted && !Monitor.Wait(_turns, patience)) throw new TimeoutException("Nobody wants a turn.");
            }
        }
    }

    /// <summary>From now on turns run on the pool, so that the actors can end with their system.</summary>
    public void LetGo()
    {
        lock (_turns)
        {
            _letGo = true;
            while (_turns.TryDequeue(out var turn)) RunOnPool(turn);
        }
    }

    protected override void ExecuteTask(IRunnable run)
    {
        lock (_turns)
        {
            if (_letGo) RunOnPool(run);
            else _turns.Enqueue(run);
            Monitor.Pulse(_turns);
        }
    }

    protected override void Shutdown()
    {
    }

    private void Wake()
    {
        lock (_turns) Monitor.Pulse(_turns);
    }

    private static void RunOnPool(IRunnable turn) => ThreadPool.QueueUserWorkItem(_ => turn.Run());

    /// <summary>Makes the one dispatcher of its id.</summary>
    public sealed class Factory : MessageDispatcherConfigurator
    {
        private readonly ManualDispatcher _dispatcher;

        public Factory(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) => _dispatcher = new ManualDispatcher(this);

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }
}
