namespace Miru.Agent.Connections;

/// <summary>The slugs that one WATCH is about. They survive absence and removal ([watch-3]).</summary>
/// <param name="slugs">Some, or <c>null</c> for all there ever are.</param>
internal sealed class WatchedNames(IEnumerable<string>? slugs)
{
    private readonly HashSet<string>? _slugs = slugs?.ToHashSet(StringComparer.Ordinal);

    /// <summary>No name is left.</summary>
    public bool IsEmpty => _slugs is { Count: 0 };

    public bool Cover(string slug) => _slugs is null || _slugs.Contains(slug);

    /// <summary>Gives one name up; a watch on everything has none to give up.</summary>
    public bool Forget(string slug) => _slugs?.Remove(slug) == true;
}
