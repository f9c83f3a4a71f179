using Miru.Agent.Configs;

namespace Miru.Agent.Connections;

/// <summary>
/// The slugs that one WATCH is about. They survive absence and removal ([watch-3]). Most applications watch one, and a push asks each of
/// a thousand watchers: so one name is a reference, to a string that they share if the store knows the name.
/// </summary>
internal sealed class WatchedNames
{
    private readonly HashSet<string>? _many;
    private readonly bool _all;
    private string? _one;

    /// <param name="slugs">Some, or <c>null</c> for all there ever are.</param>
    /// <param name="snapshot">Where their names may be known.</param>
    public WatchedNames(IReadOnlyCollection<string>? slugs, ConfigSnapshot snapshot)
    {
        _all = slugs is null;
        if (slugs is { Count: 1 })
        {
            _one = slugs.First();
            _ = snapshot.Configs.TryGetKey(_one, out _one);
        }
        else if (slugs is not null)
        {
            _many = slugs.ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>No name is left.</summary>
    public bool IsEmpty => !_all && _one is null && _many is not { Count: > 0 };

    public bool Cover(string slug) => _all || slug == _one || _many?.Contains(slug) == true;

    /// <summary>Gives one name up; a watch on everything has none to give up.</summary>
    public bool Forget(string slug)
    {
        if (slug != _one)
        {
            return _many?.Remove(slug) == true;
        }

        _one = null;
        return true;
    }
}
