using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.Actor;

/// <summary>
/// The settings of a system. Defaults are Akka.NET's own and live here instead of in a reference configuration: nothing needs to be
/// parsed at the start.
/// </summary>
public class Settings
{
    internal const string DefaultLogger = "Akka.Event.DefaultLogger";

    /// <summary>Reads the settings of a system.</summary>
    public Settings(ActorSystem system, Config config) : this(system, config, ActorSystemSetup.Empty) { }

    /// <summary>Reads the settings of a system.</summary>
    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        Config = config ?? Config.Empty;
    }

    /// <summary>The system.</summary>
    public ActorSystem System { get; }

    /// <summary>The settings as they were given.</summary>
    public Config Config { get; private set; }

    /// <summary>The setups given.</summary>
    public ActorSystemSetup Setup { get; }

    /// <summary>How long an ask waits that says nothing else: <c>akka.actor.ask-timeout</c>, infinite unless set.</summary>
    public TimeSpan AskTimeout => Config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);

    /// <summary>The least level that is logged: <c>akka.loglevel</c>, INFO unless set.</summary>
    public string LogLevel => Config.GetString("akka.loglevel", "INFO");

    /// <summary>The loggers by type name: <c>akka.loggers</c>; the default logger unless set.</summary>
    public IList<string> Loggers => Config.GetStringList("akka.loggers", [DefaultLogger]);

    /// <summary>How many dead letters are logged: <c>akka.log-dead-letters</c>, a number, on or off; 10 unless set.</summary>
    public int LogDeadLetters => Config.GetString("akka.log-dead-letters", "10").ToLowerInvariant() switch
    {
        "on" or "true" => int.MaxValue,
        "off" or "false" => 0,
        var number => int.Parse(number),
    };

    /// <summary>Whether dead letters are logged while the system ends: <c>akka.log-dead-letters-during-shutdown</c>, on unless set.</summary>
    public bool LogDeadLettersDuringShutdown => Config.GetBoolean("akka.log-dead-letters-during-shutdown", true);

    /// <summary>The type of the scheduler: <c>akka.scheduler.implementation</c>; null for the system's own.</summary>
    public string SchedulerClass => Config.GetString("akka.scheduler.implementation");

    /// <summary>The type that makes the strategy of /user: <c>akka.actor.guardian-supervisor-strategy</c>; null for the default.</summary>
    public string SupervisorStrategyClass => Config.GetString("akka.actor.guardian-supervisor-strategy");

    /// <summary>Whether unhandled messages are logged: <c>akka.actor.debug.unhandled</c>.</summary>
    public bool DebugUnhandledMessage => Config.GetBoolean("akka.actor.debug.unhandled");

    /// <summary>Whether the coordinated shutdown ends the system: <c>akka.coordinated-shutdown.terminate-actor-system</c>, on unless set.</summary>
    public bool CoordinatedShutdownTerminateActorSystem => Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system", true);

    /// <summary>Whether ending the system runs the coordinated shutdown: <c>akka.coordinated-shutdown.run-by-actor-system-terminate</c>, on unless set.</summary>
    public bool CoordinatedShutdownRunByActorSystemTerminate => Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate", true);

    /// <summary>Puts settings behind those that are there.</summary>
    public void InjectTopLevelFallback(Config config) => Config = Config.WithFallback(config);

    /// <inheritdoc/>
    public override string ToString() => Config.ToString();
}
