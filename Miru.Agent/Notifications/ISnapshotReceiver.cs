namespace Miru.Agent.Notifications;

/// <summary>
/// The part of a subscriber that may be called instead of told, where it runs on the notifier's own single thread: a mailbox in between
/// costs a push to a thousand watchers more than its bytes.
/// </summary>
internal interface ISnapshotReceiver
{
    /// <summary>
    /// A newer snapshot, or once more the newest. Called between two messages of the subscriber. It does a bounded piece of work, and what
    /// fails in it is for the subscriber's own supervision: it never throws.
    /// </summary>
    void OnAdvanced(SnapshotAdvanced advanced);
}
