using Akka.Actor;

namespace Akka.Event;

/// <summary>Something to log.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    /// <summary>Notes time and thread.</summary>
    protected LogEvent()
    {
        Timestamp = TimeProvider.System.GetUtcNow().UtcDateTime;
        Thread = Thread.CurrentThread;
    }

    /// <summary>What went wrong, if something did.</summary>
    public Exception Cause { get; protected set; }

    /// <summary>When, in UTC.</summary>
    public DateTime Timestamp { get; }

    /// <summary>On which thread.</summary>
    public Thread Thread { get; }

    /// <summary>Where it comes from: the path of an actor, the name of a type, or a text.</summary>
    public string LogSource { get; protected set; }

    /// <summary>The type it comes from.</summary>
    public Type LogClass { get; protected set; }

    /// <summary>What to say: a text or a <see cref="LogMessage"/>.</summary>
    public object Message { get; protected set; }

    /// <summary>How much it matters.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString()
    {
        var level = LogLevel().ToString().Replace("Level", "").ToUpperInvariant();
        return $"[{level}][{Timestamp:MM/dd/yyyy HH:mm:ss.fffzzz}][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}"
            + (Cause is null ? "" : $"{Environment.NewLine}Cause: {Cause}");
    }
}
