using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes one thread pool dispatcher for the settings of one id.</summary>
internal sealed class ThreadPoolDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly MessageDispatcher _dispatcher;

    internal ThreadPoolDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites, string id) : base(config, prerequisites) =>
        _dispatcher = new ThreadPoolDispatcher(this, id);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
