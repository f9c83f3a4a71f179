using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system by id. An application registers its own before it creates the actors that use it.</summary>
public sealed class Dispatchers
{
    /// <summary>The id of the dispatcher that actors run on unless their props name another.</summary>
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    /// <summary>The id of the dispatcher for actors that block; here the thread pool serves it, too.</summary>
    public const string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";

    /// <summary>Akka.NET's own default: 30 messages, then others get their turn.</summary>
    internal const int Throughput = 30;

    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new();
    private readonly HashSet<MessageDispatcher> _made = [];
    private readonly ActorSystem _system;

    internal Dispatchers(ActorSystem system)
    {
        _system = system;
        Prerequisites = new DispatcherPrerequisites(system);
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
    }

    /// <summary>The dispatcher that actors run on unless their props name another.</summary>
    public MessageDispatcher DefaultGlobalDispatcher { get; }

    /// <summary>What the system offers to dispatchers.</summary>
    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>Registers a configurator for an id; false when the id is taken.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) => _configurators.TryAdd(id, configurator);

    /// <summary>True when the id is registered or set in the system's settings.</summary>
    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || IsBuiltIn(id) || _system.Settings.Config.HasPath(id);

    /// <summary>The dispatcher with this id.</summary>
    /// <exception cref="ConfigurationException">Neither registered nor set.</exception>
    public MessageDispatcher Lookup(string dispatcherName)
    {
        var dispatcher = _configurators.GetOrAdd(dispatcherName, Configure).Dispatcher();
        lock (_made) _made.Add(dispatcher);
        return dispatcher;
    }

    internal void ShutDown()
    {
        lock (_made)
            foreach (var dispatcher in _made) dispatcher.ShutDownWithSystem();
    }

    private static bool IsBuiltIn(string id) =>
        id == DefaultDispatcherId || id == DefaultBlockingDispatcherId || id == "akka.actor.internal-dispatcher";

    private MessageDispatcherConfigurator Configure(string id)
    {
        if (!HasDispatcher(id)) throw new ConfigurationException($"Dispatcher [{id}] not configured.");
        var config = _system.Settings.Config.GetConfig(id) ?? Config.Empty;
        return config.GetString("type") switch
        {
            "PinnedDispatcher" => new PinnedDispatcherConfigurator(config, Prerequisites, id),
            _ => new ThreadPoolDispatcherConfigurator(config, Prerequisites, id),
        };
    }
}
