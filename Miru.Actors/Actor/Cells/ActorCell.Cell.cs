using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The cell as those see it who hold its reference.</summary>
internal sealed partial class ActorCell : ICell
{
    ActorSystemImpl ICell.SystemImpl => SystemImpl;

    IInternalActorRef ICell.Parent => ParentRef;

    bool ICell.IsLocal => true;

    bool ICell.IsTerminated => IsTerminated;

    bool ICell.HasMessages => Mailbox.Count > 0;

    int ICell.NumberOfMessages => Mailbox.Count;

    IChildrenContainer ICell.ChildrenContainer => _children?.Snapshot() ?? ChildrenSnapshot.Empty;

    void ICell.Start() => Start();

    void ICell.Suspend() => SelfRef.Suspend();

    void ICell.Resume(Exception causedByFailure) => SelfRef.Resume(causedByFailure);

    void ICell.Restart(Exception cause) => SelfRef.Restart(cause);

    void ICell.Stop() => SelfRef.Stop();

    void ICell.SendMessage(IActorRef sender, object message) => SelfRef.Tell(message, sender);

    void ICell.SendSystemMessage(ISystemMessage message) => SelfRef.SendSystemMessage(message);

    IEnumerable<IInternalActorRef> ICell.GetChildren() => ChildRefs;

    IInternalActorRef ICell.GetChildByName(string name) => FindChild(name);

    IInternalActorRef ICell.GetSingleChild(string name) => SelfRef.GetSingleChild(name);

    bool ICell.TryGetChildStatsByName(string name, out IChildStats child) => (child = _children?.Find(name)) is not null;
}
