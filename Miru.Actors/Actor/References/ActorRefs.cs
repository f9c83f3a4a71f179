namespace Akka.Actor;

/// <summary>References that stand for the absence of one.</summary>
public static class ActorRefs
{
    /// <summary>The receiver's <c>Sender</c> will be the dead letters.</summary>
    public static readonly IActorRef NoSender = null;

    /// <summary>Leads nowhere.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;
}
