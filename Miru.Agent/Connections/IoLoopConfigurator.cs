using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Miru.Agent.Connections;

/// <summary>Makes the one <see cref="IoLoopDispatcher"/> of a system.</summary>
internal sealed class IoLoopConfigurator : MessageDispatcherConfigurator
{
    /// <summary>What props and materializers choose it by.</summary>
    public const string Id = "miru-io-loop";

    private readonly IoLoopDispatcher _dispatcher;

    private IoLoopConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new IoLoopDispatcher(this);

    /// <summary>Gives a system its loop. Before the first actor that uses it; a second time changes nothing.</summary>
    public static void Register(ActorSystem system)
    {
        // One message, then it is the next actor's turn: a connection that never runs dry delays the others by one message of its own.
        if (!system.Dispatchers.HasDispatcher(Id))
        {
            var config = ConfigurationFactory
                .ParseString($"id = {Id}, throughput = 1")
                .WithFallback(system.Settings.Config.GetConfig(Dispatchers.DefaultDispatcherId) ?? Config.Empty);
            system.Dispatchers.RegisterConfigurator(Id, new IoLoopConfigurator(config, system.Dispatchers.Prerequisites));
        }
    }

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
