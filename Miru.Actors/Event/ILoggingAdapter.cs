namespace Akka.Event;

/// <summary>What actors log with. The calls by level are in <see cref="LoggingExtensions"/>.</summary>
public interface ILoggingAdapter
{
    /// <summary>Makes texts from templates.</summary>
    ILogMessageFormatter Formatter { get; }

    /// <summary>True when debug events are made.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>True when info events are made.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>True when warnings are made.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>True when errors are made.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>True when events of the level are made.</summary>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Logs a message; asks no more whether its level is enabled.</summary>
    void Log(LogLevel logLevel, Exception cause, LogMessage message);

    /// <summary>Logs a text; asks no more whether its level is enabled.</summary>
    void Log(LogLevel logLevel, Exception cause, string format);
}
