namespace Akka.Event;

/// <summary>Makes a text from a template and its arguments.</summary>
public interface ILogMessageFormatter
{
    /// <summary>Makes the text.</summary>
    string Format(string format, params object[] args);

    /// <summary>Makes the text.</summary>
    string Format(string format, IEnumerable<object> args);
}
