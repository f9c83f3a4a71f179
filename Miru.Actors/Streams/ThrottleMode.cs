namespace Akka.Streams;

/// <summary>What a throttle does about a producer that is too fast.</summary>
public enum ThrottleMode
{
    /// <summary>It makes the producer wait.</summary>
    Shaping = 0,

    /// <summary>It fails the stream.</summary>
    Enforcing = 1,
}
