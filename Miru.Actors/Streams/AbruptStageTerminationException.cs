using Akka.Streams.Stage;

namespace Akka.Streams;

/// <summary>The stage behind a materialized value was stopped before its ports had ended.</summary>
public class AbruptStageTerminationException : Exception
{
    public AbruptStageTerminationException(GraphStageLogic logic)
        : base($"GraphStage [{logic}] terminated abruptly, caused by for example materializer or actor system termination.")
    {
    }
}
