namespace Akka.Dispatch;

/// <summary>The queue takes every message.</summary>
public interface IUnboundedMessageQueueSemantics : ISemantics;
