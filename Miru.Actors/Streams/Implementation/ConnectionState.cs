namespace Akka.Streams.Implementation;

/// <summary>
/// What the two ends of a connection know of each other. The two "due" bits are signals on their way; a connection with one
/// of them, or with one end closed, waits in the interpreter's queue.
/// <code>
///  consumer                    producer
///  Pull     → Pulled, PullDue →  OnPull: PullDue becomes MayPush
///  OnPush   ← PushDue         ←  Push: MayPush becomes PushDue; on delivery Pulled and PushDue become Arrived
///  Cancel   → ConsumerClosed  →  OnDownstreamFinish: ProducerClosed
///  OnFinish ← ProducerClosed  ←  Complete, Fail; on delivery ConsumerClosed
/// </code>
/// </summary>
[Flags]
internal enum ConnectionState : byte
{
    Idle = 0,

    /// <summary>The consumer has asked and has not been answered.</summary>
    Pulled = 1,

    /// <summary>The demand has not reached the producer yet.</summary>
    PullDue = 2,

    /// <summary>The producer knows of the demand and may push.</summary>
    MayPush = 4,

    /// <summary>An element is on its way to the consumer.</summary>
    PushDue = 8,

    /// <summary>An element has arrived and has not been grabbed.</summary>
    Arrived = 16,

    /// <summary>The producer has completed or failed, or knows that it was cancelled.</summary>
    ProducerClosed = 32,

    /// <summary>The consumer has cancelled, or knows that the producer has ended.</summary>
    ConsumerClosed = 64,

    /// <summary>In the interpreter's queue, where each connection is at most once.</summary>
    Queued = 128,

    AnyClosed = ProducerClosed | ConsumerClosed,
}
