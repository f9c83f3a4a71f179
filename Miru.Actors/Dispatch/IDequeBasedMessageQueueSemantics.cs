using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>Messages can be put back in front, as a stash needs. Every mailbox of this runtime can.</summary>
public interface IDequeBasedMessageQueueSemantics : ISemantics
{
    /// <summary>Puts a message before all others.</summary>
    void EnqueueFirst(Envelope envelope);
}
