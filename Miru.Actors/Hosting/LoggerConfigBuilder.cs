using System.Diagnostics.CodeAnalysis;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Hosting;

/// <summary>Says what a system logs, and to which loggers.</summary>
public sealed class LoggerConfigBuilder
{
    private readonly List<Type> _loggers = [typeof(DefaultLogger)];

    internal LoggerConfigBuilder(AkkaConfigurationBuilder builder) => Builder = builder;

    /// <summary>The lowest level that is logged.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.InfoLevel;

    /// <summary>Whether the system logs its whole configuration when it starts.</summary>
    public bool LogConfigOnStart { get; set; }

    internal AkkaConfigurationBuilder Builder { get; }

    /// <summary>Removes all loggers, also the one to standard output that is there at first.</summary>
    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    /// <summary>Adds a logger.</summary>
    public LoggerConfigBuilder AddLogger<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>() where T : IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        _loggers.Add(typeof(T));
        return this;
    }

    internal Config ToConfig()
    {
        // Built rather than parsed, for a quick start.
        var akka = new HoconObject();
        Set(akka, "loglevel", new HoconLiteral { Value = Logging.StringFor(LogLevel) });
        Set(akka, "log-config-on-start", new HoconLiteral { Value = LogConfigOnStart ? "on" : "off" });
        var loggers = new HoconArray();
        foreach (var type in _loggers) loggers.Add(Value(new HoconLiteral { Value = type.AssemblyQualifiedName }));
        Set(akka, "loggers", loggers);
        return Value(akka).AtKey("akka");
    }

    private static void Set(HoconObject parent, string key, IHoconElement element) => parent.GetOrCreateKey(key).AppendValue(element);

    private static HoconValue Value(IHoconElement element)
    {
        var value = new HoconValue();
        value.AppendValue(element);
        return value;
    }
}
