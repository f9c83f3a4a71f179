namespace Akka.Actor;

/// <summary>A message around the one that matters.</summary>
public interface IWrappedMessage
{
    /// <summary>The message inside.</summary>
    object Message { get; }
}
