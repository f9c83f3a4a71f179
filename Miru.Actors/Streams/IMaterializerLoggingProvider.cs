using Akka.Event;

namespace Akka.Streams;

/// <summary>Makes the loggers of stages.</summary>
public interface IMaterializerLoggingProvider
{
    ILoggingAdapter MakeLogger(object logSource);
}
