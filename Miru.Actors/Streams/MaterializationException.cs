namespace Akka.Streams;

/// <summary>A blueprint could not be turned into a running stream.</summary>
public class MaterializationException : Exception
{
    public MaterializationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
