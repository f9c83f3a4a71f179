using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The reference to a living actor of this process: a path in front of a cell.</summary>
internal sealed class LocalActorRef(ActorPath path) : InternalActorRefBase
{
    public override ActorPath Path { get; } = path;

    internal ActorCell Cell { get; set; }

    internal override ActorSystemImpl SystemImpl => Cell.SystemImpl;

    public override IInternalActorRef Parent => Cell.ParentRef;

    public override bool IsTerminated => Cell.IsTerminated;

    public override bool IsLocal => true;

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

    public override void Start() => Cell.Start();

    public override void Stop() => SendSystemMessage(new Terminate());

    public override void Suspend() => SendSystemMessage(new Suspend());

    public override void Resume(Exception causedByFailure = null) => SendSystemMessage(new Resume(causedByFailure));

    public override void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public override void SendSystemMessage(ISystemMessage message) => Cell.Mailbox.PostSystem((SystemMessage)message);

    protected override void TellInternal(object message, IActorRef sender) => Cell.Mailbox.Post(message, sender);
}
