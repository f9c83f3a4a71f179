namespace Akka.Event;

/// <summary>The one kind of message the logging extensions make.</summary>
internal sealed class TemplateLogMessage(ILogMessageFormatter formatter, string format, object[] arguments) : LogMessage(formatter, format)
{
    public override string Unformatted() => $"{Format}: {string.Join(", ", arguments)}";

    public override IEnumerable<object> Parameters() => arguments;

    public override string ToString() => Formatter.Format(Format, arguments);
}
