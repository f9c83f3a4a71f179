using System.Collections.Immutable;
using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>
/// The children of a cell by name. A name is reserved before its actor exists and free again only when the parent has handled the
/// child's end. While children stop, an action of the parent may wait for the last of them.
/// <para>
/// Locked, because a guardian gets children from any thread and selections look down the tree from any thread.
/// </para>
/// </summary>
internal sealed class ChildActors
{
    /// <summary>For all who had no children and can have none any more.</summary>
    internal static readonly ChildActors Never = new ChildActors().Close();

    private readonly Dictionary<string, ChildRestartStats> _byName = new(1);
    private HashSet<IActorRef> _stopping;
    private long _anonymous;
    private bool _closed;

    /// <summary>What the parent does when the last stopping child is gone.</summary>
    internal ChildrenWait Wait { get; private set; }

    internal IReadOnlyCollection<IInternalActorRef> Refs
    {
        get
        {
            lock (_byName)
            {
                var refs = new List<IInternalActorRef>(_byName.Count);
                foreach (var stats in _byName.Values)
                    if (stats is not null) refs.Add(stats.Child);
                return refs;
            }
        }
    }

    internal IReadOnlyCollection<ChildRestartStats> Stats
    {
        get { lock (_byName) return [.. _byName.Values.Where(stats => stats is not null)]; }
    }

    /// <summary>The same, made only when somebody looks: the end of ten thousand children must not cost ten thousand lists of them.</summary>
    internal IEnumerable<IInternalActorRef> RefsWhenAsked()
    {
        foreach (var child in Refs) yield return child;
    }

    /// <summary>A copy to look at.</summary>
    internal ChildrenSnapshot Snapshot()
    {
        lock (_byName) return new ChildrenSnapshot(_byName.ToImmutableDictionary(), _closed);
    }

    /// <summary>The child with this name; null when there is none or it is only reserved.</summary>
    internal ChildRestartStats Find(string name)
    {
        lock (_byName) return _byName.GetValueOrDefault(name);
    }

    /// <summary>This very child; null when the name belongs to another incarnation by now.</summary>
    internal ChildRestartStats Find(IActorRef child) => Find(child.Path.Name) is { } stats && stats.Child.Equals(child) ? stats : null;

    /// <summary>Reserves a name; one is made up when none is given.</summary>
    /// <exception cref="InvalidActorNameException">The name is taken or not allowed.</exception>
    /// <exception cref="InvalidOperationException">The parent is stopping.</exception>
    internal string Reserve(string name)
    {
        if (name is not null) ActorNames.Check(name);
        lock (_byName)
        {
            if (_closed) throw Closed();
            name ??= ActorNames.Anonymous(_anonymous++);
            if (!_byName.TryAdd(name, null)) throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            return name;
        }
    }

    /// <summary>Gives a reserved name back.</summary>
    internal void Unreserve(string name)
    {
        lock (_byName) _byName.Remove(name);
    }

    /// <summary>Puts the actor in the place reserved for it.</summary>
    /// <exception cref="InvalidOperationException">The parent has begun to stop meanwhile.</exception>
    internal void Attach(IInternalActorRef child)
    {
        lock (_byName)
        {
            if (_closed) throw Closed();
            _byName[child.Path.Name] = new ChildRestartStats(child);
        }
    }

    internal void MarkStopping(IActorRef child)
    {
        lock (_byName)
        {
            if (_byName.TryGetValue(child.Path.Name, out var stats) && stats is not null && stats.Child.Equals(child))
                (_stopping ??= []).Add(child);
        }
    }

    /// <summary>Lets an action wait for the stopping children; false when there are none to wait for.</summary>
    internal bool WaitFor(ChildrenWait wait)
    {
        lock (_byName)
        {
            if (_stopping is not { Count: > 0 }) return false;
            Wait = wait;
            return true;
        }
    }

    /// <summary>Removes a child that has stopped. When it was the last one an action waited for, gives that action.</summary>
    internal ChildrenWait Remove(IActorRef child)
    {
        lock (_byName)
        {
            _byName.Remove(child.Path.Name);
            _stopping?.Remove(child);
            if (_stopping is { Count: > 0 }) return ChildrenWait.None;
            _stopping = null;
            var wait = Wait;
            Wait = ChildrenWait.None;
            return wait;
        }
    }

    /// <summary>Refuses new children from now on.</summary>
    internal ChildActors Close()
    {
        lock (_byName) _closed = true;
        return this;
    }

    /// <summary>Marks all children as stopping and gives them, to be told so.</summary>
    internal IReadOnlyCollection<IInternalActorRef> MarkAllStopping()
    {
        lock (_byName)
        {
            var all = Refs;
            if (all.Count > 0) (_stopping ??= []).UnionWith(all);
            return all;
        }
    }

    private static InvalidOperationException Closed() => new("Cannot create child while terminating or terminated");
}
