using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>Where streams end.</summary>
public static class Sink
{
    public static SinkShape<T> Shape<T>(string name) => new(new Inlet<T>(name + ".in"));

    public static Sink<TIn, TMat> FromGraph<TIn, TMat>(IGraph<SinkShape<TIn>, TMat> graph) => graph as Sink<TIn, TMat> ?? new Sink<TIn, TMat>(graph.GetLayout());

    public static Sink<TIn, TMat> Wrap<TIn, TMat>(IGraph<SinkShape<TIn>, TMat> graph) => FromGraph(graph);

    /// <summary>Calls the action for each element; its task ends as the stream does.</summary>
    public static Sink<TIn, Task<Done>> ForEach<TIn>(Action<TIn> action) => FromGraph(new ForEachSink<TIn>(action));

    /// <summary>Calls the function for each element, at most so many at a time; its task ends when the stream and all calls have.</summary>
    public static Sink<TIn, Task<Done>> ForEachAsync<TIn>(int parallelism, Func<TIn, Task> action) =>
        Flow.Create<TIn>()
            .SelectAsyncUnordered(parallelism, async element =>
            {
                await action(element).ConfigureAwait(false);
                return NotUsed.Instance;
            })
            .ToMaterialized(Ignore<NotUsed>(), Keep.Right);

    /// <summary>Discards elements; its task ends as the stream does.</summary>
    public static Sink<TIn, Task<Done>> Ignore<TIn>() => FromGraph(new IgnoreSink<TIn>());

    /// <summary>All elements, when the stream has completed: for streams that are known to be short.</summary>
    public static Sink<TIn, Task<IImmutableList<TIn>>> Seq<TIn>() => FromGraph(new SeqSink<TIn>());

    /// <summary>The first element; fails with <see cref="NoSuchElementException"/> if there is none.</summary>
    public static Sink<TIn, Task<TIn>> First<TIn>() => FromGraph(new FirstSink<TIn>(orDefault: false));

    /// <summary>The first element, or the default if there is none.</summary>
    public static Sink<TIn, Task<TIn>> FirstOrDefault<TIn>() => FromGraph(new FirstSink<TIn>(orDefault: true));

    /// <summary>The last element; fails with <see cref="NoSuchElementException"/> if there is none.</summary>
    public static Sink<TIn, Task<TIn>> Last<TIn>() => FromGraph(new LastSink<TIn>(orDefault: false));

    /// <summary>The last element, or the default if there is none.</summary>
    public static Sink<TIn, Task<TIn>> LastOrDefault<TIn>() => FromGraph(new LastSink<TIn>(orDefault: true));

    /// <summary>Folds all elements.</summary>
    public static Sink<TIn, Task<TOut>> Aggregate<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> aggregate) =>
        FromGraph(new AggregateSink<TIn, TOut>(zero, aggregate));

    /// <summary>Combines all elements; fails with <see cref="NoSuchElementException"/> if there is none.</summary>
    public static Sink<TIn, Task<TIn>> Sum<TIn>(Func<TIn, TIn, TIn> reduce) => Flow.Create<TIn>().Sum(reduce).ToMaterialized(First<TIn>(), Keep.Right);

    /// <summary>Discards elements and calls back when the stream ends.</summary>
    public static Sink<TIn, NotUsed> OnComplete<TIn>(Action success, Action<Exception> failure) => FromGraph(new OnCompleteSink<TIn>(success, failure));

    /// <summary>Cancels at once.</summary>
    public static Sink<TIn, NotUsed> Cancelled<TIn>() => FromGraph(new CancelledSink<TIn>());

    /// <summary>Tells each element to the actor, without backpressure; a last message says how the stream ended.</summary>
    public static Sink<TIn, NotUsed> ActorRef<TIn>(IActorRef actorRef, object onCompleteMessage, Func<Exception, object> onFailureMessage) =>
        FromGraph(new ActorRefSink<TIn>(actorRef, onCompleteMessage, onFailureMessage));

    /// <summary>
    /// Tells each element to the actor, which answers each, and the initial message, with the acknowledgement before it gets the next one. The end comes
    /// right after the last.
    /// </summary>
    public static Sink<TIn, NotUsed> ActorRefWithAck<TIn>(
        IActorRef actorRef, object onInitMessage, object ackMessage, object onCompleteMessage, Func<Exception, object> onFailureMessage = null) =>
        FromGraph(new ActorRefWithAckSink<TIn>(
            actorRef, onInitMessage, ackMessage, onCompleteMessage, onFailureMessage ?? (static cause => new Status.Failure(cause))));

    /// <summary>A queue to pull elements from.</summary>
    public static Sink<TIn, ISinkQueue<TIn>> Queue<TIn>() => FromGraph(new QueueSink<TIn>());

    /// <summary>A bounded channel to read elements from.</summary>
    public static Sink<T, ChannelReader<T>> ChannelReader<T>(
        int bufferSize, bool singleReader, BoundedChannelFullMode fullMode = BoundedChannelFullMode.Wait) =>
        ChannelSink.AsReader<T>(bufferSize, singleReader, fullMode);

    /// <summary>Writes to the channel; the owner completes it with the stream.</summary>
    public static Sink<T, NotUsed> FromWriter<T>(ChannelWriter<T> writer, bool isOwner) => ChannelSink.FromWriter(writer, isOwner);
}
