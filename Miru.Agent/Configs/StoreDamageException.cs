namespace Miru.Agent.Configs;

/// <summary>Something in the store is not what was written. It is never repaired in place: see <see cref="StoreRecovery"/>.</summary>
internal sealed class StoreDamageException(string message, Exception? cause = null) : Exception(message, cause);
