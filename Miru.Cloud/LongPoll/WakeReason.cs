namespace Miru.Cloud.LongPoll;

/// <summary>Why a wait is over.</summary>
internal enum WakeReason
{
    /// <summary>Something changed for the device.</summary>
    Changed,

    /// <summary>The time asked for has passed.</summary>
    TimedOut,

    /// <summary>The device opened more waits than it may have; the oldest made room.</summary>
    Displaced,

    /// <summary>The server stops.</summary>
    Stopping,

    /// <summary>The client left.</summary>
    Gone,
}
