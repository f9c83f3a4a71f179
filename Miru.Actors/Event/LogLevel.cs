namespace Akka.Event;

/// <summary>How much a log event matters.</summary>
public enum LogLevel
{
    /// <summary>For who looks for a fault.</summary>
    DebugLevel,

    /// <summary>For who follows what happens.</summary>
    InfoLevel,

    /// <summary>For who should look at it soon.</summary>
    WarningLevel,

    /// <summary>For who should look at it now.</summary>
    ErrorLevel,
}
