namespace Miru.Sdk.Transport;

/// <summary>Carries frames of one connection both ways. Sending is for any thread; receiving is the transport's own business.</summary>
internal interface ITransport : IDisposable
{
    /// <summary>Receives until the connection ends.</summary>
    /// <exception cref="Exception">Why it ended, unless <see cref="Close"/> ended it.</exception>
    Task RunAsync(IReceiver receiver, CancellationToken cancellation);

    /// <summary>Sends without waiting, whole and in order.</summary>
    /// <returns>False if too much waits already.</returns>
    bool TrySend(ReadOnlySpan<byte> frame);

    /// <summary>Sends a request whose answer nobody will read for: waits for room only.</summary>
    /// <exception cref="IOException">The connection has ended.</exception>
    ValueTask SendAsync(byte[] frame, CancellationToken cancellation);

    /// <summary>Whether anything was sent since the last time this was asked.</summary>
    bool SentSinceAsked();

    /// <summary>
    /// A timer for the session, not started. A transport that has a thread of its own to wait with uses it for the
    /// system's clock: the timers of .NET cost several threads a wake-up each.
    /// </summary>
    ITimer CreateTimer(TimeProvider time, Action over) => TimerOf(time, over);

    protected static ITimer TimerOf(TimeProvider time, Action over) =>
        time.CreateTimer(static over => ((Action)over!)(), over, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Ends the connection: <see cref="RunAsync"/> returns soon, and so does whoever reads.</summary>
    void Close();
}
