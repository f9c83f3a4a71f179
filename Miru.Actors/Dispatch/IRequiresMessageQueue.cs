namespace Akka.Dispatch;

/// <summary>An actor that needs a mailbox with these semantics.</summary>
public interface IRequiresMessageQueue<T> where T : ISemantics;
