using System.Diagnostics.CodeAnalysis;
using Akka.Actor.Internal;
using Akka.Actor;
using Akka.Util;

namespace Akka.Event;

/// <summary>Starts what takes a system's log events: the sinks given as objects, and the actors that the settings name.</summary>
internal static class Loggers
{
    internal static void Start(ActorSystemImpl system)
    {
        var sinks = system.Settings.Setup.Get<LogSinkSetup>();
        if (sinks.HasValue)
            foreach (var sink in sinks.Value.Sinks) system.EventStream.AddLogger(sink);
        foreach (var name in system.Settings.Loggers) StartActor(system, name);
        if (system.Settings.LogDeadLetters > 0)
        {
            var log = new DeadLetterLog(system.EventStream, system.Settings.LogDeadLetters);
            system.EventStream.Subscribe(log, typeof(DeadLetter));
            system.EventStream.Subscribe(log, typeof(Dropped));
        }
        if (system.Settings.DebugUnhandledMessage) system.EventStream.Subscribe(new UnhandledLog(system.EventStream), typeof(UnhandledMessage));
    }

    internal static void StopDeadLetterLog(ActorSystemImpl system)
    {
        foreach (var log in system.EventStream.Subscribers.OfType<DeadLetterLog>().ToList()) system.EventStream.Unsubscribe(log);
    }

    private static void StartActor(ActorSystemImpl system, string name)
    {
        var type = TypeOf(name);
        var logger = system.SystemActorOf(Props.Create(type), $"log-{Logging.SimpleName(type)}");
        logger.Tell(new InitializeLogger(system.EventStream), ActorRefs.NoSender);
        // Nobody waits for it: what is logged meanwhile queues behind its first message.
        system.EventStream.AddLogger(logger);
    }

    // The default is known without reading its name: reading one takes a third of the start of a system, and a trimmed program keeps what it sees.
    [UnconditionalSuppressMessage("Trimming", "IL2073", Justification = "Who names a logger in settings keeps it.")]
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    private static Type TypeOf(string name) => name == Settings.DefaultLogger
        ? typeof(DefaultLogger)
        : TypeName.Resolve(name) ?? throw new Configuration.ConfigurationException($@"Logger specified in config cannot be found: ""{name}""");
}
