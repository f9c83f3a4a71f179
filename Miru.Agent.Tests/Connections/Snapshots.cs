using System.Collections.Immutable;
using System.Text;
using Miru.Agent.Configs;

namespace Miru.Agent.Tests.Connections;

/// <summary>A store's history for tests: each step changes some slugs at the next sequence.</summary>
internal sealed class Snapshots(string epoch = "e1")
{
    private ImmutableSortedDictionary<string, ConfigVersion> _configs =
        ImmutableSortedDictionary.Create<string, ConfigVersion>(StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, long> _tombstones =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    private long _sequence;

    public ConfigSnapshot Current => new(epoch, _sequence, _configs, _tombstones, 0);

    /// <summary>Publishes new versions of some slugs and removes others, as one sequence.</summary>
    public ConfigSnapshot Step(IEnumerable<string> published, IEnumerable<string>? removed = null)
    {
        _sequence++;
        foreach (var slug in published)
        {
            _configs = _configs.SetItem(slug, Version(slug, _sequence));
            _tombstones = _tombstones.Remove(slug);
        }

        foreach (var slug in removed ?? [])
        {
            if (_configs.ContainsKey(slug))
            {
                _configs = _configs.Remove(slug);
                _tombstones = _tombstones.SetItem(slug, _sequence);
            }
        }

        return Current;
    }

    /// <summary>Puts another version in the place of the one with its slug, at the same sequence.</summary>
    public void Replace(ConfigVersion version) => _configs = _configs.SetItem(version.Slug, version);

    public ConfigSnapshot Publish(params string[] slugs) => Step(slugs);

    public ConfigSnapshot Remove(params string[] slugs) => Step([], slugs);

    public static ConfigVersion Version(string slug, long sequence, int size = 0) => new(
        slug,
        sequence,
        "sha256:" + sequence.ToString("x64"),
        $"dpl-{sequence}",
        $"v1.0.{sequence}",
        "json",
        $"/srv/miru/{slug}.json",
        size > 0 ? new byte[size] : Encoding.UTF8.GetBytes($"{{\"at\":{sequence}}}"));
}
