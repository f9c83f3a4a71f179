namespace Akka.Dispatch;

/// <summary>The queue takes every message, also in front.</summary>
public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics;
