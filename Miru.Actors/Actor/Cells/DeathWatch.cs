using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Who this actor watches and who watches it. The notification travels as a system message; the <see cref="Terminated"/> made of it
/// queues as a user message, so it comes behind everything the dead actor had sent. Between the two the watcher may change its mind:
/// an <c>Unwatch</c> also takes back what is queued already.
/// </summary>
internal sealed class DeathWatch(ActorCell cell)
{
    /// <summary>Watched actors, with the message to get instead of <see cref="Terminated"/>; null for the usual one.</summary>
    private Dictionary<IActorRef, object> _watching;

    /// <summary>Dead actors whose <see cref="Terminated"/> is in the mailbox.</summary>
    private Dictionary<IActorRef, object> _announced;

    private HashSet<IInternalActorRef> _watchedBy;

    internal IActorRef Watch(IActorRef subject, object message)
    {
        if (subject.Equals(cell.Self)) return subject;
        // The first watch counts: like Akka.NET, and unlike Akka, which refuses another message.
        if (!(_watching ??= []).TryAdd(subject, message)) return subject;
        var watchee = (IInternalActorRef)subject;
        watchee.SendSystemMessage(new Watch(watchee, cell.SelfRef));
        return subject;
    }

    internal IActorRef Unwatch(IActorRef subject)
    {
        if (subject.Equals(cell.Self)) return subject;
        if (_watching is not null && _watching.Remove(subject))
        {
            var watchee = (IInternalActorRef)subject;
            watchee.SendSystemMessage(new Unwatch(watchee, cell.SelfRef));
        }
        _announced?.Remove(subject);
        return subject;
    }

    /// <summary>Gives the message for an announced death; false when it was unwatched in between.</summary>
    internal bool TryTakeAnnounced(Terminated terminated, out object message)
    {
        message = null;
        if (_announced is null || !_announced.Remove(terminated.ActorRef, out var custom)) return false;
        message = custom ?? terminated;
        return true;
    }

    /// <summary>A <see cref="Terminated"/> that was put aside is on its way again.</summary>
    internal void AnnounceAgain(Terminated terminated) => (_announced ??= [])[terminated.ActorRef] = null;

    internal void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (IsSelf(watchee) && !IsSelf(watcher)) (_watchedBy ??= []).Add(watcher);
        else Misdirected($"Watch({watchee}, {watcher})");
    }

    internal void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (IsSelf(watchee) && !IsSelf(watcher)) _watchedBy?.Remove(watcher);
        else Misdirected($"Unwatch({watchee}, {watcher})");
    }

    /// <summary>Someone stopped: announce it if it was watched, and if it was a child, go on with what waited for it.</summary>
    internal void WatchedActorTerminated(DeathWatchNotification notification)
    {
        var dead = notification.Actor;
        if (_watching is not null && _watching.Remove(dead, out var custom) && !cell.Faults.IsTerminating)
        {
            (_announced ??= [])[dead] = custom;
            cell.Self.Tell(new Terminated(dead, notification.ExistenceConfirmed, notification.AddressTerminated), dead);
        }
        if (!cell.IsLeaf && cell.Children.Find(dead) is not null) ChildSupervision.ChildTerminated(cell, dead);
    }

    /// <summary>This actor has stopped. The parent has been told already; it gets no second notification as a watcher.</summary>
    internal void TellWatchers()
    {
        if (_watchedBy is null) return;
        foreach (var watcher in _watchedBy)
            if (!watcher.Equals(cell.ParentRef))
                watcher.SendSystemMessage(new DeathWatchNotification(cell.Self, existenceConfirmed: true, addressTerminated: false));
        _watchedBy = null;
    }

    /// <summary>A stopping actor wants to hear of no other death.</summary>
    internal void UnwatchAll()
    {
        if (_watching is not null)
            foreach (var watchee in _watching.Keys.Cast<IInternalActorRef>()) watchee.SendSystemMessage(new Unwatch(watchee, cell.SelfRef));
        _watching = null;
        _announced = null;
    }

    private bool IsSelf(IActorRef actor) => actor.Equals(cell.Self);

    private void Misdirected(string what) =>
        cell.SystemImpl.EventStream.Publish(new Warning(cell.Self.Path.ToString(), typeof(DeathWatch), $"BUG: illegal {what} for {cell.Self}"));
}
