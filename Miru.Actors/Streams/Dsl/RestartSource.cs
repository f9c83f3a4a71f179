namespace Akka.Streams.Dsl;

/// <summary>Sources that are started again when they end. The delay between two runs doubles until a run lasts long enough.</summary>
public static class RestartSource
{
    /// <summary>Started again when it completes or fails.</summary>
    public static Source<T, NotUsed> WithBackoff<T, TMat>(Func<Source<T, TMat>> sourceFactory, RestartSettings settings) =>
        Source.FromGraph(new Implementation.Stages.RestartSource<T, TMat>(sourceFactory, settings, onlyOnFailures: false));

    /// <summary>Started again when it fails.</summary>
    public static Source<T, NotUsed> OnFailuresWithBackoff<T, TMat>(Func<Source<T, TMat>> sourceFactory, RestartSettings settings) =>
        Source.FromGraph(new Implementation.Stages.RestartSource<T, TMat>(sourceFactory, settings, onlyOnFailures: true));
}
