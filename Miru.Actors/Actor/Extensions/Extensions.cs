using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>The extensions of a system. Each is made once, also when several threads ask at the same time.</summary>
internal sealed class Extensions(ExtendedActorSystem system)
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();

    internal object Register(IExtensionId id) =>
        _extensions.GetOrAdd(id.ExtensionType, _ => new Lazy<object>(() => id.CreateExtension(system))).Value;

    internal object Find(Type type) => _extensions.TryGetValue(type, out var extension) ? extension.Value : null;

    internal bool Has(Type type) => _extensions.ContainsKey(type);
}
