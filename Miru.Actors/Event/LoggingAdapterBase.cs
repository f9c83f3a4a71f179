namespace Akka.Event;

/// <summary>What adapters have in common.</summary>
public abstract class LoggingAdapterBase : ILoggingAdapter
{
    /// <summary>Takes the formatter.</summary>
    /// <exception cref="ArgumentNullException">The formatter is null.</exception>
    protected LoggingAdapterBase(ILogMessageFormatter logMessageFormatter) =>
        Formatter = logMessageFormatter ?? throw new ArgumentNullException(nameof(logMessageFormatter));

    /// <inheritdoc/>
    public ILogMessageFormatter Formatter { get; }

    /// <inheritdoc/>
    public abstract bool IsDebugEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsErrorEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsInfoEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsWarningEnabled { get; }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => IsDebugEnabled,
        LogLevel.InfoLevel => IsInfoEnabled,
        LogLevel.WarningLevel => IsWarningEnabled,
        LogLevel.ErrorLevel => IsErrorEnabled,
        _ => throw new NotSupportedException($"Unknown LogLevel {logLevel}"),
    };

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception cause, LogMessage message) => NotifyLog(logLevel, message, cause);

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception cause, string format) => NotifyLog(logLevel, format, cause);

    /// <summary>Passes the event on.</summary>
    protected abstract void NotifyLog(LogLevel logLevel, object message, Exception cause = null);
}
