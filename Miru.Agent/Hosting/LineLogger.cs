using Microsoft.Extensions.Logging;

namespace Miru.Agent.Hosting;

/// <summary>
/// One line per event on standard error, written at once and by nobody's extra thread. Under journald each line begins with
/// the priority that it understands.
/// </summary>
internal sealed class LineLogger(string category, LogLevel level, TextWriter writer, bool forJournal) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel wanted) => wanted >= level && wanted != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
        var text = $"{formatter(state, exception)}{cause}".ReplaceLineEndings(" ");
        writer.WriteLine(forJournal ? $"<{Priority(logLevel)}>{category}: {text}" : $"{Name(logLevel)} {category}: {text}");
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        _ => "error",
    };

    // The severities of syslog: 3 error, 4 warning, 6 information, 7 debug.
    private static int Priority(LogLevel level) => level switch
    {
        >= LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };
}
