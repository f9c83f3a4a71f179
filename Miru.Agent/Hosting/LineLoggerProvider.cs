using Microsoft.Extensions.Logging;

namespace Miru.Agent.Hosting;

/// <summary>Makes <see cref="LineLogger"/>s that share one synchronized writer.</summary>
internal sealed class LineLoggerProvider(LogLevel level, TextWriter writer, bool forJournal) : ILoggerProvider
{
    private readonly TextWriter _writer = TextWriter.Synchronized(writer);

    public ILogger CreateLogger(string categoryName) => new LineLogger(Shorten(categoryName), level, _writer, forJournal);

    public void Dispose()
    {
    }

    private static string Shorten(string category) => category[(category.LastIndexOf('.') + 1)..];
}
