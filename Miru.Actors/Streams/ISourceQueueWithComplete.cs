namespace Akka.Streams;

/// <summary>A queue whose producer also ends the stream.</summary>
public interface ISourceQueueWithComplete<T> : ISourceQueue<T>
{
    /// <summary>Completes the stream after what is buffered has been emitted.</summary>
    void Complete();

    /// <summary>Fails the stream at once; what is buffered is lost.</summary>
    void Fail(Exception ex);

    new Task WatchCompletionAsync();
}
