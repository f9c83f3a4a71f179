namespace Akka.Dispatch;

/// <summary>What a mailbox promises about its queue.</summary>
public interface ISemantics;
