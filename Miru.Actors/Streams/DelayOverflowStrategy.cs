namespace Akka.Streams;

/// <summary>What happens to an element that arrives when the buffer of a delay is full.</summary>
public enum DelayOverflowStrategy
{
    /// <summary>Emit the oldest buffered element before its time.</summary>
    EmitEarly = 1,

    /// <summary>Drop the oldest buffered element to make room.</summary>
    DropHead = 2,

    /// <summary>Drop the youngest buffered element to make room.</summary>
    DropTail = 3,

    /// <summary>Drop all buffered elements to make room.</summary>
    DropBuffer = 4,

    /// <summary>Drop the arriving element.</summary>
    DropNew = 5,

    /// <summary>Make the producer wait.</summary>
    Backpressure = 6,

    /// <summary>Fail the stream with <see cref="BufferOverflowException"/>.</summary>
    Fail = 7,
}
