using Akka.Event;

namespace Akka.Streams.Stage;

/// <summary>A stage that logs.</summary>
public interface IStageLogging
{
    ILoggingAdapter Log { get; }
}
