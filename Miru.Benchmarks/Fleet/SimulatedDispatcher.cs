using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Miru.Benchmarks.Fleet;

/// <summary>
/// A dispatcher without threads: work waits until the simulation runs it, on the simulation's own thread, in an order that the
/// simulation chooses. Within one actor messages keep their order, as everywhere.
/// </summary>
internal sealed class SimulatedDispatcher : MessageDispatcher
{
    public const string Name = "simulated";

    private readonly List<IRunnable> _waiting = [];

    private SimulatedDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
    }

    /// <summary>There is something to run. Raised on whatever thread asked for it.</summary>
    public event Action? Queued;

    /// <summary>Gives a system its simulated dispatcher; actors and streams choose it by <see cref="Name"/>.</summary>
    public static SimulatedDispatcher Register(ActorSystem system)
    {
        var config = ConfigurationFactory.ParseString($"id = {Name}")
            .WithFallback(system.Settings.Config.GetConfig(Dispatchers.DefaultDispatcherId) ?? Config.Empty);
        var configurator = new Maker(config, system.Dispatchers.Prerequisites);
        system.Dispatchers.RegisterConfigurator(Name, configurator);
        return configurator.Made;
    }

    /// <summary>Runs all that waits and all that follows from it.</summary>
    /// <param name="order">Picks who is next; null keeps the order of arrival.</param>
    /// <param name="most">Far more than any step of the simulation takes: two actors that keep each other busy for ever are a finding.</param>
    public void RunAll(Random? order, int most = 100_000)
    {
        for (var left = most; Take(order) is { } run; left--)
        {
            if (left == 0)
            {
                throw new InvalidOperationException("the actors do not come to rest");
            }

            run.Run();
        }
    }

    /// <summary>Ends the system. Its actors stop by what is run here; nobody else would, and the system would wait for them in vain.</summary>
    public void End(ActorSystem system)
    {
        var happened = new SemaphoreSlim(0);
        void Wake() => happened.Release();
        Queued += Wake;
        var ended = system.Terminate();
        ended.ContinueWith(_ => Wake(), TaskScheduler.Default);
        while (!ended.IsCompleted)
        {
            RunAll(order: null);
            happened.Wait();
        }

        Queued -= Wake;
    }

    private IRunnable? Take(Random? order)
    {
        lock (_waiting)
        {
            if (_waiting.Count == 0)
            {
                return null;
            }

            var next = order?.Next(_waiting.Count) ?? 0;
            var run = _waiting[next];
            _waiting.RemoveAt(next);
            return run;
        }
    }

    protected override void ExecuteTask(IRunnable run)
    {
        lock (_waiting)
        {
            _waiting.Add(run);
        }

        Queued?.Invoke();
    }

    protected override void Shutdown()
    {
    }

    private sealed class Maker : MessageDispatcherConfigurator
    {
        public Maker(Config config, IDispatcherPrerequisites prerequisites)
            : base(config, prerequisites) => Made = new SimulatedDispatcher(this);

        public SimulatedDispatcher Made { get; }

        public override MessageDispatcher Dispatcher() => Made;
    }
}
