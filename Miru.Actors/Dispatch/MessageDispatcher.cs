using Akka.Event;

namespace Akka.Dispatch;

/// <summary>
/// Decides on which thread actors run. A deriving class queues the work it is given and runs it later, never inside
/// <see cref="ExecuteTask"/>: an actor's <c>Tell</c> must not run the receiver.
/// </summary>
public abstract class MessageDispatcher
{
    private string _id;
    private int _throughput;

    /// <summary>Reads <c>throughput</c> from the configurator's settings, 30 unless set.</summary>
    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        _id = configurator.Config?.GetString("id") ?? "";
        _throughput = configurator.Config?.GetInt("throughput", Dispatchers.Throughput) ?? Dispatchers.Throughput;
    }

    /// <summary>What made this dispatcher.</summary>
    public MessageDispatcherConfigurator Configurator { get; }

    /// <summary>The bus that failures are published on.</summary>
    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    /// <summary>The id actors choose it by.</summary>
    public string Id
    {
        get => _id;
        protected set => _id = value;
    }

    /// <summary>How many messages an actor handles before others get their turn: the bound on unfairness. At least 1.</summary>
    public int Throughput
    {
        get => _throughput;
        set => _throughput = value;
    }

    /// <summary>Runs work later on a thread of this dispatcher.</summary>
    public void Schedule(IRunnable run) => ExecuteTask(run);

    /// <summary>Runs work later on a thread of this dispatcher.</summary>
    public void Schedule(Action run) => ExecuteTask(new ActionRunnable(run));

    /// <summary>Queues work. It may come from any thread; it must return at once.</summary>
    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Releases threads. Called once, when the actor system has terminated.</summary>
    protected abstract void Shutdown();

    /// <summary>Publishes a failure of the dispatcher itself.</summary>
    protected void ReportFailure(Exception ex) => EventStream.Publish(new Error(ex, GetType().FullName, GetType(), "Dispatcher failed"));

    internal void Execute(IRunnable run) => ExecuteTask(run);

    internal void ShutDownWithSystem() => Shutdown();
}
