using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor with a stash that takes every message.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>;
