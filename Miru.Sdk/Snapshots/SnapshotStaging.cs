using Miru.Protocol;

namespace Miru.Sdk.Snapshots;

/// <summary>
/// Collects what the agent pushes and lets it out only whole (clause watch-4). A pure state machine: messages in, now and
/// then a snapshot out. What was staged and not synced dies with the connection it came over.
/// </summary>
internal sealed class SnapshotStaging(MiruSnapshot published)
{
    private readonly HashSet<string> _awaited = [];
    private MiruSnapshot _published = published;
    private Dictionary<string, MiruConfig>? _staged;
    private string? _epoch;

    /// <summary>Takes one pushed message.</summary>
    /// <returns>A snapshot to publish, or null if none is complete.</returns>
    /// <exception cref="PeerViolationException">The message contradicts the ones before it.</exception>
    public MiruSnapshot? Take(Message message)
    {
        switch (message)
        {
            case Watching watching:
                Begin(watching);
                return null;
            case ConfigMessage config:
                Put(config);
                return null;
            case Removed removed:
                Stage(removed.Slug).Remove(removed.Slug);
                return null;
            case Synced synced:
                return Finish(synced.Sequence);
            default:
                throw new PeerViolationException(Clauses.Frame5, $"{message.Kind} is not part of a watch");
        }
    }

    /// <summary>A config as the application sees it. The message's content must be its own, not a receive buffer's.</summary>
    public static MiruConfig ToConfig(ConfigMessage message, string epoch) => new()
    {
        Slug = message.Slug,
        Cursor = new(epoch, message.Sequence),
        Digest = message.Digest,
        Deployment = message.Deployment,
        Release = message.Release,
        Format = message.Format,
        Path = message.Path,
        Superseded = message.Superseded,
        Content = message.Content,
    };

    private string Epoch => _epoch ?? throw new PeerViolationException(Clauses.Frame5, "WATCHING comes before what it announces");

    private void Begin(Watching watching)
    {
        if (!watching.Full && watching.Head.Epoch != _published.Cursor?.Epoch)
        {
            throw new PeerViolationException(Clauses.Watch4, "only a cursor of the same epoch can be resumed");
        }

        _epoch = watching.Head.Epoch;
        _staged = watching.Full ? [] : null;
        _awaited.Clear();
        _awaited.UnionWith(watching.Slugs);
    }

    private void Put(ConfigMessage message)
    {
        var staged = Stage(message.Slug);
        var config = ToConfig(message, Epoch);

        // Overtaken on this side, before anybody could see it: that counts like overtaken in the agent.
        staged[message.Slug] = staged.TryGetValue(message.Slug, out var before) && before.Generation == 0
            ? config with { Superseded = config.Superseded + before.Superseded + 1 }
            : config;
    }

    private Dictionary<string, MiruConfig> Stage(string slug)
    {
        _ = Epoch;
        _awaited.Remove(slug);
        return _staged ??= new(_published.Configs);
    }

    private MiruSnapshot? Finish(long sequence)
    {
        if (_published.Cursor is { } cursor && cursor.Epoch == Epoch && sequence < cursor.Sequence)
        {
            throw new PeerViolationException(Clauses.Watch4, $"sequence fell from {cursor.Sequence} to {sequence}");
        }

        // A slug that was announced and neither sent nor removed was superseded meanwhile: a snapshot without it would
        // look like its removal. It is on its way.
        if (_awaited.Count > 0)
        {
            return null;
        }

        var configs = _staged is null ? _published.Configs : Count(_staged);
        _staged = null;
        return _published = new(new(Epoch, sequence), configs);
    }

    private Dictionary<string, MiruConfig> Count(Dictionary<string, MiruConfig> staged)
    {
        var counted = new Dictionary<string, MiruConfig>(staged.Count);
        foreach (var (slug, config) in staged)
        {
            counted[slug] = config.Generation > 0 ? config : config with { Generation = Generation(config) };
        }

        return counted;
    }

    private long Generation(MiruConfig config)
    {
        if (_published.Find(config.Slug) is not { } before)
        {
            return 1;
        }

        return MiruConfigs.Differ(before, config) ? before.Generation + 1 + config.Superseded : before.Generation;
    }
}
