using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference to a living actor of this process: a path in front of a cell.</summary>
public sealed class LocalActorRef : ActorRefWithCell
{
    internal LocalActorRef(ActorPath path) => Path = path;

    /// <inheritdoc/>
    public override ActorPath Path { get; }

    internal ActorCell Cell { get; set; }

    internal override ActorSystemImpl SystemImpl => Cell.SystemImpl;

    /// <inheritdoc/>
    public override IInternalActorRef Parent => Cell.ParentRef;

    /// <inheritdoc/>
    public override IActorRefProvider Provider => Cell.SystemImpl.Provider;

    /// <inheritdoc/>
    public override ICell Underlying => Cell;

    /// <inheritdoc/>
    public override IEnumerable<IActorRef> Children => Cell.ChildRefs;

    /// <inheritdoc/>
    public override bool IsTerminated => Cell.IsTerminated;

    /// <inheritdoc/>
    public override bool IsLocal => true;

    /// <inheritdoc/>
    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef current = this;
        foreach (var element in name)
        {
            current = element switch
            {
                "" => current,
                ".." => current.Parent,
                _ => current is LocalActorRef local ? local.Cell.FindChild(element) : ActorRefs.Nobody,
            };
            if (current is Nobody) break;
        }
        return current;
    }

    /// <inheritdoc/>
    public override IInternalActorRef GetSingleChild(string name)
    {
        var hash = name.IndexOf('#');
        var child = Cell.FindChild(hash < 0 ? name : name[..hash]);
        return hash < 0 || child.Path.Uid.ToString() == name[(hash + 1)..] ? child : ActorRefs.Nobody;
    }

    /// <inheritdoc/>
    public override void Start() => Cell.Start();

    /// <inheritdoc/>
    public override void Stop() => SendSystemMessage(new Terminate());

    /// <inheritdoc/>
    public override void Suspend() => SendSystemMessage(new Suspend());

    /// <inheritdoc/>
    public override void Resume(Exception causedByFailure = null) => SendSystemMessage(new Resume(causedByFailure));

    /// <inheritdoc/>
    public override void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message) => Cell.Mailbox.PostSystem((SystemMessage)message);

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender) => Cell.Mailbox.Post(message, sender);
}
