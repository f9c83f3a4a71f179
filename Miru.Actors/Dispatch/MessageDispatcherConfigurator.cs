using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes a dispatcher for an id. Register it with <see cref="Dispatchers.RegisterConfigurator"/>.</summary>
public abstract class MessageDispatcherConfigurator
{
    /// <summary>Takes the dispatcher's settings and what the system offers.</summary>
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    /// <summary>The dispatcher's settings.</summary>
    public Config Config { get; }

    /// <summary>What the system offers to a dispatcher.</summary>
    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The dispatcher; whether it is the same each time is the configurator's choice.</summary>
    public abstract MessageDispatcher Dispatcher();
}
