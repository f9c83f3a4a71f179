namespace Akka.Event;

/// <summary>A log event of its level.</summary>
public class Error : LogEvent
{
    /// <summary>Says this, because of that.</summary>
    public Error(Exception cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
