namespace Akka.Streams;

/// <summary>A stream completed without the element that was asked of it.</summary>
public class NoSuchElementException : Exception
{
    public NoSuchElementException(string message) : base(message)
    {
    }
}
