namespace Akka.Event;

/// <summary>Logs by level. The template and its arguments become a text only when somebody reads the event.</summary>
public static class LoggingExtensions
{
    /// <summary>Logs at debug level.</summary>
    public static void Debug(this ILoggingAdapter log, string format) => Write(log, LogLevel.DebugLevel, null, format, []);

    /// <summary>Logs at debug level.</summary>
    public static void Debug(this ILoggingAdapter log, Exception cause, string format) => Write(log, LogLevel.DebugLevel, cause, format, []);

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, null, format, [arg1]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1>(this ILoggingAdapter log, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, cause, format, [arg1]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, null, format, [arg1, arg2]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, cause, format, [arg1, arg2]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, null, format, [arg1, arg2, arg3]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2, T3>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, cause, format, [arg1, arg2, arg3]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, null, format, [arg1, arg2, arg3, arg4]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2, T3, T4>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, cause, format, [arg1, arg2, arg3, arg4]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, null, format, [arg1, arg2, arg3, arg4, arg5]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, cause, format, [arg1, arg2, arg3, arg4, arg5]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, null, format, [arg1, arg2, arg3, arg4, arg5, arg6]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.DebugLevel)) Write(log, LogLevel.DebugLevel, cause, format, [arg1, arg2, arg3, arg4, arg5, arg6]);
    }

    /// <summary>Logs at debug level.</summary>
    public static void Debug(this ILoggingAdapter log, string format, object[] args) => Write(log, LogLevel.DebugLevel, null, format, args);

    /// <summary>Logs at debug level.</summary>
    public static void Debug(this ILoggingAdapter log, Exception cause, string format, object[] args) => Write(log, LogLevel.DebugLevel, cause, format, args);

    /// <summary>Logs at info level.</summary>
    public static void Info(this ILoggingAdapter log, string format) => Write(log, LogLevel.InfoLevel, null, format, []);

    /// <summary>Logs at info level.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format) => Write(log, LogLevel.InfoLevel, cause, format, []);

    /// <summary>Logs at info level.</summary>
    public static void Info<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, null, format, [arg1]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1>(this ILoggingAdapter log, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, cause, format, [arg1]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, null, format, [arg1, arg2]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, cause, format, [arg1, arg2]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, null, format, [arg1, arg2, arg3]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2, T3>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, cause, format, [arg1, arg2, arg3]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, null, format, [arg1, arg2, arg3, arg4]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, cause, format, [arg1, arg2, arg3, arg4]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, null, format, [arg1, arg2, arg3, arg4, arg5]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, cause, format, [arg1, arg2, arg3, arg4, arg5]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, null, format, [arg1, arg2, arg3, arg4, arg5, arg6]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.InfoLevel)) Write(log, LogLevel.InfoLevel, cause, format, [arg1, arg2, arg3, arg4, arg5, arg6]);
    }

    /// <summary>Logs at info level.</summary>
    public static void Info(this ILoggingAdapter log, string format, object[] args) => Write(log, LogLevel.InfoLevel, null, format, args);

    /// <summary>Logs at info level.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format, object[] args) => Write(log, LogLevel.InfoLevel, cause, format, args);

    /// <summary>Logs at warning level.</summary>
    public static void Warning(this ILoggingAdapter log, string format) => Write(log, LogLevel.WarningLevel, null, format, []);

    /// <summary>Logs at warning level.</summary>
    public static void Warning(this ILoggingAdapter log, Exception cause, string format) => Write(log, LogLevel.WarningLevel, cause, format, []);

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, null, format, [arg1]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1>(this ILoggingAdapter log, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, cause, format, [arg1]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, null, format, [arg1, arg2]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, cause, format, [arg1, arg2]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, null, format, [arg1, arg2, arg3]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2, T3>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, cause, format, [arg1, arg2, arg3]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, null, format, [arg1, arg2, arg3, arg4]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2, T3, T4>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, cause, format, [arg1, arg2, arg3, arg4]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, null, format, [arg1, arg2, arg3, arg4, arg5]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, cause, format, [arg1, arg2, arg3, arg4, arg5]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, null, format, [arg1, arg2, arg3, arg4, arg5, arg6]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.WarningLevel)) Write(log, LogLevel.WarningLevel, cause, format, [arg1, arg2, arg3, arg4, arg5, arg6]);
    }

    /// <summary>Logs at warning level.</summary>
    public static void Warning(this ILoggingAdapter log, string format, object[] args) => Write(log, LogLevel.WarningLevel, null, format, args);

    /// <summary>Logs at warning level.</summary>
    public static void Warning(this ILoggingAdapter log, Exception cause, string format, object[] args) => Write(log, LogLevel.WarningLevel, cause, format, args);

    /// <summary>Logs at error level.</summary>
    public static void Error(this ILoggingAdapter log, string format) => Write(log, LogLevel.ErrorLevel, null, format, []);

    /// <summary>Logs at error level.</summary>
    public static void Error(this ILoggingAdapter log, Exception cause, string format) => Write(log, LogLevel.ErrorLevel, cause, format, []);

    /// <summary>Logs at error level.</summary>
    public static void Error<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, null, format, [arg1]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1>(this ILoggingAdapter log, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, cause, format, [arg1]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, null, format, [arg1, arg2]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, cause, format, [arg1, arg2]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, null, format, [arg1, arg2, arg3]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2, T3>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, cause, format, [arg1, arg2, arg3]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, null, format, [arg1, arg2, arg3, arg4]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, cause, format, [arg1, arg2, arg3, arg4]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, null, format, [arg1, arg2, arg3, arg4, arg5]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, cause, format, [arg1, arg2, arg3, arg4, arg5]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, null, format, [arg1, arg2, arg3, arg4, arg5, arg6]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(LogLevel.ErrorLevel)) Write(log, LogLevel.ErrorLevel, cause, format, [arg1, arg2, arg3, arg4, arg5, arg6]);
    }

    /// <summary>Logs at error level.</summary>
    public static void Error(this ILoggingAdapter log, string format, object[] args) => Write(log, LogLevel.ErrorLevel, null, format, args);

    /// <summary>Logs at error level.</summary>
    public static void Error(this ILoggingAdapter log, Exception cause, string format, object[] args) => Write(log, LogLevel.ErrorLevel, cause, format, args);

    /// <summary>Logs at a level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format) => Write(log, level, null, format, []);

    /// <summary>Logs at a level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format, object[] args) => Write(log, level, null, format, args);

    /// <summary>Logs at a level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, Exception cause, string format, object[] args) => Write(log, level, cause, format, args);

    /// <summary>Logs at a level.</summary>
    public static void Log<T1>(this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1)
    {
        if (log.IsEnabled(logLevel)) Write(log, logLevel, cause, format, [arg1]);
    }

    /// <summary>Logs at a level.</summary>
    public static void Log<T1, T2>(this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsEnabled(logLevel)) Write(log, logLevel, cause, format, [arg1, arg2]);
    }

    /// <summary>Logs at a level.</summary>
    public static void Log<T1, T2, T3>(this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsEnabled(logLevel)) Write(log, logLevel, cause, format, [arg1, arg2, arg3]);
    }

    /// <summary>Logs at a level.</summary>
    public static void Log<T1, T2, T3, T4>(this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsEnabled(logLevel)) Write(log, logLevel, cause, format, [arg1, arg2, arg3, arg4]);
    }

    /// <summary>Logs at a level.</summary>
    public static void Log<T1, T2, T3, T4, T5>(this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsEnabled(logLevel)) Write(log, logLevel, cause, format, [arg1, arg2, arg3, arg4, arg5]);
    }

    /// <summary>Logs at a level.</summary>
    public static void Log<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, LogLevel logLevel, Exception cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsEnabled(logLevel)) Write(log, logLevel, cause, format, [arg1, arg2, arg3, arg4, arg5, arg6]);
    }

    private static void Write(ILoggingAdapter log, LogLevel level, Exception cause, string format, object[] arguments)
    {
        if (!log.IsEnabled(level)) return;
        if (arguments.Length == 0) log.Log(level, cause, format);
        else log.Log(level, cause, new TemplateLogMessage(log.Formatter, format, arguments));
    }
}
