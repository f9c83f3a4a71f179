using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Streams.Implementation;

/// <summary>
/// A reference whose messages are inputs of a stream: no actor and no mailbox between. It can be watched; it terminates with the stage.
/// </summary>
internal sealed class StageReference : MinimalActorRef
{
    private readonly HashSet<IInternalActorRef> _watchers = [];
    private readonly IInternalActorRef _parent;
    private readonly Action<(IActorRef, object)> _receive;
    private readonly ActorSystem _system;
    private bool _terminated;

    public StageReference(ActorSystem system, IInternalActorRef parent, string name, Action<(IActorRef, object)> receive)
    {
        _system = system;
        _parent = parent;
        _receive = receive;
        Path = new ChildActorPath(parent.Path, name, ActorUids.Next());
    }

    public override ActorPath Path { get; }

    public override IInternalActorRef Parent => _parent;

    public override IActorRefProvider Provider => _parent.Provider;

    public override bool IsTerminated => Volatile.Read(ref _terminated);

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch:
                lock (_watchers)
                {
                    if (!_terminated)
                    {
                        _watchers.Add(watch.Watcher);
                        return;
                    }
                }

                Notify(watch.Watcher);
                break;

            case Unwatch unwatch:
                lock (_watchers)
                {
                    _watchers.Remove(unwatch.Watcher);
                }

                break;
        }
    }

    /// <summary>Tells all watchers, and is a dead letter box from now on.</summary>
    public override void Stop()
    {
        List<IInternalActorRef> watchers;
        lock (_watchers)
        {
            if (_terminated)
            {
                return;
            }

            _terminated = true;
            watchers = [.. _watchers];
            _watchers.Clear();
        }

        foreach (var watcher in watchers)
        {
            Notify(watcher);
        }
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (IsTerminated)
        {
            _system.DeadLetters.Tell(new Event.DeadLetter(message, sender ?? _system.DeadLetters, this), sender);
        }
        else
        {
            _receive((sender, message));
        }
    }

    private void Notify(IInternalActorRef watcher) =>
        watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
}
