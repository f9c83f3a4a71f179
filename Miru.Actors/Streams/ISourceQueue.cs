namespace Akka.Streams;

/// <summary>The producer's end of a queue that feeds a stream.</summary>
public interface ISourceQueue<T>
{
    /// <summary>
    /// Offers one element. The task ends when the element's fate is known. With <see cref="OverflowStrategy.Backpressure"/>
    /// at most one offer may be pending.
    /// </summary>
    Task<IQueueOfferResult> OfferAsync(T element);

    /// <summary>Ends when the stream has completed, fails when it has failed.</summary>
    Task WatchCompletionAsync();
}
