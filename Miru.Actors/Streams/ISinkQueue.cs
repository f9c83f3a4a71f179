using Akka.Util;

namespace Akka.Streams;

/// <summary>The consumer's end of a queue that a stream feeds.</summary>
public interface ISinkQueue<T>
{
    /// <summary>
    /// The next element, or none once the stream has completed; fails when the stream has failed.
    /// One request may be pending at a time.
    /// </summary>
    Task<Option<T>> PullAsync();
}
