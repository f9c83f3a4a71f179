namespace Akka.Streams;

/// <summary>A stream had more elements than allowed.</summary>
public class StreamLimitReachedException : Exception
{
    /// <param name="max">The number of elements, or their weight, that was allowed.</param>
    public StreamLimitReachedException(long max) : base($"Limit of {max} reached")
    {
    }
}
