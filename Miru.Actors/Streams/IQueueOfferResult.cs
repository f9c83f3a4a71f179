namespace Akka.Streams;

/// <summary>The fate of an offered element: one of the types in <see cref="QueueOfferResult"/>.</summary>
public interface IQueueOfferResult
{
}
