using Akka.Streams.Dsl;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams;

/// <summary>Flows that end a running stream from outside.</summary>
public static class KillSwitches
{
    /// <summary>A switch for one stream: each materialization yields its own.</summary>
    public static IGraph<FlowShape<T, T>, UniqueKillSwitch> Single<T>() =>
        new KillSwitchFlow<T, UniqueKillSwitch>(static signal => new UniqueKillSwitch(signal));

    /// <summary>As <see cref="Single{T}"/>, for both directions of a bidirectional flow.</summary>
    public static IGraph<BidiShape<T1, T1, T2, T2>, UniqueKillSwitch> SingleBidi<T1, T2>() => new BidiKillSwitch<T1, T2>();

    /// <summary>A switch for any number of streams: it exists before they do.</summary>
    public static SharedKillSwitch Shared(string name) => new(name);

    /// <summary>
    /// Ends the stream when the token is cancelled: with <see cref="OperationCanceledException"/>, or with completion if
    /// <paramref name="cancelGracefully"/>.
    /// </summary>
    public static IGraph<FlowShape<T, T>, NotUsed> AsFlow<T>(this CancellationToken cancellationToken, bool cancelGracefully = false) =>
        new CancellationFlow<T>(cancellationToken, cancelGracefully);
}
