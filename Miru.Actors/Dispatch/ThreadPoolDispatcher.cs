namespace Akka.Dispatch;

/// <summary>The default: runs actors on the .NET thread pool. A mailbox is its own work item, so scheduling one allocates nothing.</summary>
internal sealed class ThreadPoolDispatcher : MessageDispatcher
{
    internal ThreadPoolDispatcher(MessageDispatcherConfigurator configurator, string id) : base(configurator) => Id = id;

    protected override void ExecuteTask(IRunnable run) =>
        ThreadPool.UnsafeQueueUserWorkItem(run as IThreadPoolWorkItem ?? new RunnableWorkItem(run), preferLocal: false);

    protected override void Shutdown() { }

    private sealed class RunnableWorkItem(IRunnable run) : IThreadPoolWorkItem
    {
        public void Execute() => run.Run();
    }
}
