namespace Akka.Event;

/// <summary>A template and its arguments, formatted only when somebody reads it.</summary>
public abstract class LogMessage
{
    /// <summary>Makes the text.</summary>
    protected readonly ILogMessageFormatter Formatter;

    /// <summary>Takes the template.</summary>
    public LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    /// <summary>The template.</summary>
    public string Format { get; }

    /// <summary>The template and the arguments as they are.</summary>
    public abstract string Unformatted();

    /// <summary>The arguments.</summary>
    public abstract IEnumerable<object> Parameters();
}
