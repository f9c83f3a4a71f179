using System.Threading.Channels;
using Akka.Actor;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;
using Akka.Util;

namespace Akka.Streams.Dsl;

/// <summary>Where streams begin.</summary>
public static class Source
{
    public static SourceShape<T> Shape<T>(string name) => new(new Outlet<T>(name + ".out"));

    public static Source<T, TMat> FromGraph<T, TMat>(IGraph<SourceShape<T>, TMat> source) => source as Source<T, TMat> ?? new Source<T, TMat>(source.GetLayout());

    /// <summary>The elements of an enumerable, enumerated anew by each stream.</summary>
    public static Source<T, NotUsed> From<T>(IEnumerable<T> enumerable) => FromEnumerator(enumerable.GetEnumerator);

    /// <summary>The elements of an asynchronous enumerable, made anew by each stream and disposed at its end.</summary>
    public static Source<T, NotUsed> From<T>(Func<IAsyncEnumerable<T>> asyncEnumerable) => FromGraph(new AsyncEnumerableSource<T>(asyncEnumerable));

    public static Source<T, NotUsed> FromEnumerator<T>(Func<IEnumerator<T>> enumeratorFactory) => FromGraph(new EnumeratorSource<T>(enumeratorFactory));

    /// <summary>What the enumerators yield, one after the other, for ever. Fails if one yields nothing.</summary>
    public static Source<T, NotUsed> Cycle<T>(Func<IEnumerator<T>> enumeratorFactory) => FromEnumerator(() => Repeated(enumeratorFactory));

    /// <summary>The task's result; fails as the task does.</summary>
    public static Source<T, NotUsed> FromTask<T>(Task<T> task) => FromGraph(new TaskSource<T>(task));

    public static Source<T, NotUsed> Single<T>(T element) => FromGraph(new SingleSource<T>(element));

    /// <summary>The same element, for ever.</summary>
    public static Source<T, NotUsed> Repeat<T>(T element) => FromGraph(new RepeatSource<T>(element));

    /// <summary>Completes at once.</summary>
    public static Source<T, NotUsed> Empty<T>() => FromGraph(new EndedSource<T>(null));

    /// <summary>Fails at once.</summary>
    public static Source<T, NotUsed> Failed<T>(Exception cause) => FromGraph(new EndedSource<T>(cause ?? throw new ArgumentNullException(nameof(cause))));

    /// <summary>Neither emits nor ends.</summary>
    public static Source<T, NotUsed> Never<T>() => FromGraph(new NeverSource<T>());

    /// <summary>One element, none, or a failure, as its value is completed: with a result, with the default, with an exception.</summary>
    public static Source<T, TaskCompletionSource<T>> Maybe<T>() => FromGraph(new MaybeSource<T>());

    /// <summary>The same element after a delay and then at an interval. A tick that downstream has not asked for is dropped.</summary>
    public static Source<T, ICancelable> Tick<T>(TimeSpan initialDelay, TimeSpan interval, T tick) =>
        FromGraph(new TickSource<T>(initialDelay, interval, tick));

    /// <summary>
    /// A queue to offer elements to, with a buffer. With <see cref="OverflowStrategy.Backpressure"/> an offer to a full buffer is answered when
    /// there is room, and only one may wait.
    /// </summary>
    public static Source<T, ISourceQueueWithComplete<T>> Queue<T>(int bufferSize, OverflowStrategy overflowStrategy) =>
        FromGraph(new QueueSource<T>(bufferSize, overflowStrategy));

    /// <summary>
    /// A reference: what is told to it is emitted. <see cref="Status.Success"/> or <see cref="PoisonPill"/> completes the stream,
    /// <see cref="Status.Failure"/> fails it. <see cref="OverflowStrategy.Backpressure"/> is not possible.
    /// </summary>
    public static Source<T, IActorRef> ActorRef<T>(int bufferSize, OverflowStrategy overflowStrategy)
    {
        var shape = Shape<T>("ActorRefSource");
        return new Source<T, IActorRef>(new ActorRefSource<T>(bufferSize, overflowStrategy, shape), shape);
    }

    /// <summary>What can be read from the channel, until it completes; fails as the channel does.</summary>
    public static Source<T, NotUsed> ChannelReader<T>(ChannelReader<T> channelReader) => FromGraph(new ChannelReaderSource<T>(channelReader));

    /// <summary>A bounded channel to write elements to.</summary>
    public static Source<T, ChannelWriter<T>> Channel<T>(
        int bufferSize, bool singleWriter = false, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait) =>
        ChannelSource.Create<T>(bufferSize, singleWriter, fullMode);

    /// <summary>A function of a state, until it yields none.</summary>
    public static Source<TElem, NotUsed> Unfold<TState, TElem>(TState state, Func<TState, Option<(TState, TElem)>> unfold) =>
        FromGraph(new UnfoldSource<TState, TElem>(state, unfold));

    /// <summary>An asynchronous function of a state, until it yields none. One call at a time.</summary>
    public static Source<TElem, NotUsed> UnfoldAsync<TState, TElem>(TState state, Func<TState, Task<Option<(TState, TElem)>>> unfoldAsync) =>
        FromGraph(new UnfoldAsyncSource<TState, TElem>(state, unfoldAsync));

    /// <summary>A function of a state, for ever.</summary>
    public static Source<TElem, NotUsed> UnfoldInfinite<TState, TElem>(TState state, Func<TState, (TState, TElem)> unfold) =>
        Unfold<TState, TElem>(state, current => unfold(current));

    /// <summary>What is read from a resource that each stream opens and closes.</summary>
    public static Source<T, NotUsed> UnfoldResource<T, TSource>(Func<TSource> create, Func<TSource, Option<T>> read, Action<TSource> close) =>
        FromGraph(new UnfoldResourceSource<T, TSource>(create, read, close));

    /// <summary>What is read from a resource that each stream opens and, however it ends, closes.</summary>
    public static Source<T, NotUsed> UnfoldResourceAsync<T, TSource>(
        Func<Task<TSource>> create, Func<TSource, Task<Option<T>>> read, Func<TSource, Task<Done>> close) =>
        FromGraph(new UnfoldResourceAsyncSource<T, TSource>(create, read, close));

    /// <summary>A source that is made when the first element is asked for. Its value ends with the value of that source.</summary>
    public static Source<TOut, Task<TMat>> Lazily<TOut, TMat>(Func<Source<TOut, TMat>> create) => FromGraph(new LazySource<TOut, TMat>(create));

    private static IEnumerator<T> Repeated<T>(Func<IEnumerator<T>> factory)
    {
        while (true)
        {
            using var enumerator = factory();
            if (!enumerator.MoveNext())
            {
                throw new ArgumentException("Empty iterator");
            }

            do
            {
                yield return enumerator.Current;
            }
            while (enumerator.MoveNext());
        }
    }
}
