namespace Miru.Agent.Cloud.Api;

/// <summary>An answer is not what the contract says. Thrown and caught inside <c>Cloud/Api</c>.</summary>
internal sealed class ContractException(string message, Exception? cause = null) : Exception(message, cause);
