using Akka.Actor;

namespace Akka.Pattern;

/// <summary>The object is not in a state in which this can be done.</summary>
public class IllegalStateException : AkkaException
{
    public IllegalStateException(string message) : base(message)
    {
    }

    public IllegalStateException(string message, Exception innerEx) : base(message, innerEx)
    {
    }
}
