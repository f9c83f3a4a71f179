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

    /// <summary>
    /// Sends what that brought, if anything; called soon after it, and as harmless. Several subscribers take a snapshot in before the first of them
    /// sends: what a push needs of each was last touched a thousand pushes ago, and a processor fetches it for two at a time while no system call is between.
    /// </summary>
    void Push();
}
