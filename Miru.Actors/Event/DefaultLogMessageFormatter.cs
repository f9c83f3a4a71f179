namespace Akka.Event;

/// <summary>Formats as <see cref="string.Format(string, object[])"/> does: {0}, {1}, …</summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    /// <summary>The only one.</summary>
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter() { }

    /// <inheritdoc/>
    public string Format(string format, params object[] args) => args is { Length: > 0 } ? string.Format(format, args) : format;

    /// <inheritdoc/>
    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
}
