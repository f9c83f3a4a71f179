using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Miru.Agent.Configs;

namespace Miru.Agent.Tests.Simulation;

/// <summary>
/// What the agent's store is to its connections: one snapshot after the other, each following the one before by the product's own rule,
/// and epochs. It remembers every state that ever was, which is what applications are held to.
/// </summary>
internal sealed class SimulatedStore(Random random, Plant plant)
{
    private static readonly string[] Slugs = ["arm", "base", "camera", "drive", "estop"];

    private readonly Dictionary<(string Epoch, long Sequence), string> _history = [];
    private int _epochs = 1;
    private int _contents;

    public ConfigSnapshot Current { get; private set; } = new(
        "epoch-1",
        0,
        ImmutableSortedDictionary.Create<string, ConfigVersion>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal),
        0);

    /// <summary>Every version that was ever published and is still held by somebody.</summary>
    public List<WeakReference> Versions { get; } = [];

    /// <summary>The state at a cursor in words, or null if there was none.</summary>
    public string? At(string epoch, long sequence) => sequence == 0 ? "" : _history.GetValueOrDefault((epoch, sequence));

    /// <summary>Applies a deployment: some configs new, some as they were, some gone.</summary>
    public void Deploy()
    {
        var deployment = $"dpl-{++_contents}";
        var applied = new List<ConfigVersion>();
        foreach (var slug in Slugs)
        {
            var before = Current.Configs.GetValueOrDefault(slug);
            switch (random.Next(before is null ? 2 : 6))
            {
                case 0:
                    break;
                case 1 or 2:
                    applied.Add(Version(slug, deployment));
                    break;
                default:
                    applied.Add(before! with { DeploymentId = deployment });
                    break;
            }
        }

        Current = Succession.Next(Current, applied, tombstonesKept: 3);
        if (plant == Plant.LostTombstone)
        {
            Current = Current with { Tombstones = Current.Tombstones.Clear() };
        }

        Remember();
    }

    /// <summary>The store begins a new life, with what it had or with nothing.</summary>
    public void BeginEpoch()
    {
        var kept = random.Next(2) == 0 ? Current.Configs : Current.Configs.Clear();
        var configs = kept.ToImmutableSortedDictionary(config => config.Key, config => config.Value with { Sequence = 1 }, StringComparer.Ordinal);
        Current = new ConfigSnapshot($"epoch-{(plant == Plant.ReusedEpoch ? _epochs : ++_epochs)}", 1, configs, Current.Tombstones.Clear(), 0);
        Remember();
    }

    public static string Describe(IEnumerable<(string Slug, long Sequence, string Digest)> configs) => string.Join(
        ' ', configs.OrderBy(config => config.Slug, StringComparer.Ordinal).Select(config => $"{config.Slug}@{config.Sequence}:{config.Digest[7..13]}"));

    private ConfigVersion Version(string slug, string deployment)
    {
        // Now and then larger than any buffer on the way.
        var size = random.Next(20) == 0 ? random.Next(16_000, 40_000) : random.Next(10, 400);
        var content = Encoding.ASCII.GetBytes($"{slug} {_contents}".PadRight(size));
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
        var version = new ConfigVersion(slug, 0, digest, deployment, "v1", "txt", $"/srv/miru/{slug}.txt", content);
        Versions.Add(new WeakReference(content));
        return version;
    }

    private void Remember() => _history[(Current.Epoch, Current.Sequence)] = Describe(
        Current.Configs.Values.Select(version => (version.Slug, version.Sequence, version.Digest)));
}
