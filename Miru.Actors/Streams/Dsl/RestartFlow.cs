namespace Akka.Streams.Dsl;

/// <summary>Flows that are started again when they end. The delay between two runs doubles until a run lasts long enough.</summary>
public static class RestartFlow
{
    /// <summary>Started again when it completes or fails, while upstream goes on.</summary>
    public static Flow<TIn, TOut, NotUsed> WithBackoff<TIn, TOut, TMat>(Func<Flow<TIn, TOut, TMat>> flowFactory, RestartSettings settings) =>
        Flow.FromGraph(new Implementation.Stages.RestartFlow<TIn, TOut, TMat>(flowFactory, settings, onlyOnFailures: false));

    /// <summary>Started again when it fails, while upstream goes on.</summary>
    public static Flow<TIn, TOut, NotUsed> OnFailuresWithBackoff<TIn, TOut, TMat>(Func<Flow<TIn, TOut, TMat>> flowFactory, RestartSettings settings) =>
        Flow.FromGraph(new Implementation.Stages.RestartFlow<TIn, TOut, TMat>(flowFactory, settings, onlyOnFailures: true));
}
