using System.Collections.Concurrent;
using Akka.Event;
using Microsoft.Extensions.Logging;
using AkkaLevel = Akka.Event.LogLevel;
using HostLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Hosting;

/// <summary>
/// The bridge from actors to Microsoft.Extensions.Logging; the class that logs is the category. No actor: what is logged last before a
/// system ends is written too.
/// </summary>
internal sealed class LoggerFactorySink(ILoggerFactory factory) : LogSink
{
    private readonly ConcurrentDictionary<Type, ILogger> _loggers = new();

    protected override void Write(LogEvent logEvent)
    {
        var logger = _loggers.GetOrAdd(logEvent.LogClass, static (type, loggers) => loggers.CreateLogger(type), factory);
        var level = LevelOf(logEvent.LogLevel());
        if (logger.IsEnabled(level)) logger.Log(level, default, logEvent, logEvent.Cause, static (written, _) => $"[{written.LogSource}] {written.Message}");
    }

    private static HostLevel LevelOf(AkkaLevel level) => level switch
    {
        AkkaLevel.DebugLevel => HostLevel.Debug,
        AkkaLevel.InfoLevel => HostLevel.Information,
        AkkaLevel.WarningLevel => HostLevel.Warning,
        _ => HostLevel.Error,
    };
}
