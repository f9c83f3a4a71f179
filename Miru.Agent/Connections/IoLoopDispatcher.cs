using Akka.Actor;
using Akka.Dispatch;

namespace Miru.Agent.Connections;

/// <summary>
/// The <see cref="IoLoop"/> as a dispatcher: actors and streams that run on it share its thread with the sockets. Executing a task
/// queues it; nothing runs nested inside a <c>Tell</c>.
/// </summary>
internal sealed class IoLoopDispatcher : MessageDispatcher
{
    private IoLoop? _loop;
    private object? _gate;

    public IoLoopDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
    }

    /// <summary>Its loop, for actors that register sockets. The thread starts with the first use.</summary>
    public IoLoop Loop => Volatile.Read(ref _loop) ?? LazyInitializer.EnsureInitialized(ref _loop, ref _gate, () => new IoLoop(ReportFailure));

    /// <summary>The loop that the current actor runs on.</summary>
    /// <exception cref="InvalidOperationException">It runs on another dispatcher: its props must name <see cref="IoLoopConfigurator.Id"/>.</exception>
    public static IoLoop LoopOf(IActorContext context) => context.Dispatcher is IoLoopDispatcher dispatcher
        ? dispatcher.Loop
        : throw new InvalidOperationException($"{context.Self.Path} must run on the dispatcher {IoLoopConfigurator.Id}");

    protected override void ExecuteTask(IRunnable run) => Loop.Enqueue(run);

    protected override void Shutdown() => Volatile.Read(ref _loop)?.Dispose();
}
