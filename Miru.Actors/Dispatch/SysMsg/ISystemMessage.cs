using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>
/// A message of the runtime to a cell: lifecycle, supervision, death watch. It overtakes user messages and is handled while the
/// mailbox is suspended.
/// </summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;
