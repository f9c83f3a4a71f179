namespace Miru.Agent.Configs;

/// <summary>The store cannot be opened. The message says what to check; trying again changes nothing until somebody did.</summary>
internal sealed class StoreException(string message, Exception? cause = null) : Exception(message, cause);
