using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary><c>/temp</c>: no actor, only the place of references that live for one answer.</summary>
internal sealed class TempContainer(IActorRefProvider provider) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new();

    public override ActorPath Path { get; } = provider.RootPath / "temp";

    public override IActorRefProvider Provider => provider;

    public override IInternalActorRef Parent => provider.RootGuardian;

    public override IActorRef GetChild(IReadOnlyList<string> name) => name switch
    {
        [] => this,
        [var only] when _children.TryGetValue(only, out var child) => child,
        _ => ActorRefs.Nobody,
    };

    internal void Add(ActorPath path, IInternalActorRef child) => _children[NameOf(path)] = child;

    internal void Remove(ActorPath path) => _children.TryRemove(NameOf(path), out _);

    private string NameOf(ActorPath path) =>
        path.Parent == Path ? path.Name : throw new InvalidOperationException($"Cannot register or unregister [{path}] below [{Path}]");
}
