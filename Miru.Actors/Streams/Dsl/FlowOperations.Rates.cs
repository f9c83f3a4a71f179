using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>What happens when the two sides are not equally fast.</summary>
public static partial class FlowOperations
{
    /// <summary>Lets upstream run ahead by so many elements; the strategy says what happens then.</summary>
    public static Flow<TIn, TOut, TMat> Buffer<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, int size, OverflowStrategy strategy) =>
        flow.Via(new Buffer<TOut>(size, strategy));

    /// <summary>Lets upstream run ahead by one element.</summary>
    public static Flow<TIn, TOut, TMat> Detach<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow) =>
        flow.Via(new Buffer<TOut>(1, OverflowStrategy.Backpressure));

    /// <summary>While downstream is busy, combines up to so many elements into one.</summary>
    public static Flow<TIn, TOut2, TMat> Batch<TIn, TOut, TOut2, TMat>(
        this Flow<TIn, TOut, TMat> flow, long max, Func<TOut, TOut2> seed, Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Via(new Batch<TOut, TOut2>(max, static _ => 1L, seed, aggregate));

    /// <summary>While downstream is busy, combines elements up to a weight into one.</summary>
    public static Flow<TIn, TOut2, TMat> BatchWeighted<TIn, TOut, TOut2, TMat>(
        this Flow<TIn, TOut, TMat> flow, long max, Func<TOut, long> costFunction, Func<TOut, TOut2> seed, Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Via(new Batch<TOut, TOut2>(max, costFunction, seed, aggregate));

    /// <summary>While downstream is busy, combines all elements into one: upstream never waits.</summary>
    public static Flow<TIn, TOut, TMat> Conflate<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, Func<TOut, TOut, TOut> aggregate) =>
        flow.Via(new Batch<TOut, TOut>(1L, static _ => 0L, static element => element, aggregate));

    /// <summary>While downstream is busy, combines all elements into one: upstream never waits.</summary>
    public static Flow<TIn, TSeed, TMat> ConflateWithSeed<TIn, TOut, TMat, TSeed>(
        this Flow<TIn, TOut, TMat> flow, Func<TOut, TSeed> seed, Func<TSeed, TOut, TSeed> aggregate) =>
        flow.Via(new Batch<TOut, TSeed>(1L, static _ => 0L, seed, aggregate));

    /// <summary>Lets through so much per time, with bursts. Shaping makes upstream wait, enforcing fails.</summary>
    public static Flow<TIn, TOut, TMat> Throttle<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, int cost, TimeSpan per, int maximumBurst, Func<TOut, int> calculateCost, ThrottleMode mode) =>
        flow.Via(new Throttle<TOut>(cost, per, maximumBurst, calculateCost, mode));

    /// <summary>Lets through so much per time, with bursts. Shaping makes upstream wait, enforcing fails.</summary>
    public static Flow<TIn, TOut, TMat> Throttle<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, int elements, TimeSpan per, int maximumBurst, ThrottleMode mode) =>
        flow.Via(new Throttle<TOut>(elements, per, maximumBurst, static _ => 1, mode));
}
