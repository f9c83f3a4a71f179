using Akka.Dispatch;

namespace Miru.Agent.Notifications;

/// <summary>
/// Command from a connection: tell me the newest snapshot now and each one after it, and every beat, until I am gone. A second one
/// replaces the first.
/// </summary>
/// <param name="Receiver">Who is called with snapshots instead, if the notifier shares <paramref name="Dispatcher"/>; otherwise everything is a message.</param>
/// <param name="Dispatcher">The subscriber's, which has one thread; <c>null</c> without a receiver.</param>
internal sealed record Subscribe(ISnapshotReceiver? Receiver, MessageDispatcher? Dispatcher)
{
    /// <summary>For messages alone.</summary>
    public static Subscribe Instance { get; } = new(null, null);
}

/// <summary>Fact for all connections together: another heartbeat interval has passed.</summary>
internal sealed record Beat
{
    public static Beat Instance { get; } = new();
}
