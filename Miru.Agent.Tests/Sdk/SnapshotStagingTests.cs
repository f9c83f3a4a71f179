using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Miru.Sdk.Snapshots;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

public sealed class SnapshotStagingTests
{
    private readonly SnapshotStaging _staging = new(MiruSnapshot.None);

    [Fact]
    [Trait("Clause", "watch-4")]
    public void Only_a_sync_lets_a_snapshot_out()
    {
        Assert.Null(_staging.Take(new Watching(new("e", 1), true, ["a"])));
        Assert.Null(_staging.Take(Wire.Config("a", 1, "a1")));

        var snapshot = _staging.Take(new Synced(1));

        Assert.Equal(new("e", 1), snapshot!.Cursor);
        Assert.Equal("a1", snapshot.Find("a")!.Text);
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public void An_announced_config_that_was_overtaken_holds_the_snapshot_back()
    {
        _staging.Take(new Watching(new("e", 1), true, ["a", "b"]));
        _staging.Take(Wire.Config("b", 1, "b1"));

        Assert.Null(_staging.Take(new Synced(1)));
        _staging.Take(Wire.Config("a", 2, "a2", superseded: 1));
        Assert.Equal(2, _staging.Take(new Synced(2))!.Configs.Count);
    }

    [Fact]
    [Trait("Clause", "watch-1")]
    public void A_slug_that_a_full_snapshot_does_not_list_is_gone()
    {
        Fill(("a", "a1"), ("b", "b1"));

        _staging.Take(new Watching(new("e", 2), true, ["b"]));
        _staging.Take(Wire.Config("b", 1, "b1"));

        Assert.Equal(["b"], _staging.Take(new Synced(2))!.Configs.Keys);
    }

    [Fact]
    public void Versions_overtaken_before_a_sync_are_counted()
    {
        var before = Fill(("a", "a1")).Find("a")!;
        _staging.Take(Wire.Config("a", 2, "a2"));
        _staging.Take(Wire.Config("a", 3, "a3", superseded: 2));

        var now = _staging.Take(new Synced(3))!;

        Assert.Equal(3, MiruConfigs.Between("a", before, now)!.Config!.Superseded);
    }

    [Fact]
    public void What_was_published_never_changes()
    {
        var published = Fill(("a", "a1"));

        _staging.Take(Wire.Config("a", 2, "a2"));
        _staging.Take(new Removed("b", 2, 0));
        _staging.Take(new Synced(2));

        Assert.Equal("a1", published.Find("a")!.Text);
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public void A_sequence_that_falls_is_a_violation()
    {
        Fill(("a", "a1"));

        Assert.Throws<PeerViolationException>(() => _staging.Take(new Synced(0)));
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public void Another_epoch_cannot_be_resumed()
    {
        Fill(("a", "a1"));

        Assert.Throws<PeerViolationException>(() => _staging.Take(new Watching(new("other", 5), false, [])));
    }

    [Fact]
    [Trait("Clause", "watch-1")]
    public void Nothing_comes_before_its_announcement()
    {
        Assert.Throws<PeerViolationException>(() => _staging.Take(Wire.Config("a", 1, "a1")));
        Assert.Throws<PeerViolationException>(() => _staging.Take(new Removed("a", 1, 0)));
        Assert.Throws<PeerViolationException>(() => _staging.Take(new Synced(1)));
    }

    private MiruSnapshot Fill(params (string Slug, string Content)[] configs)
    {
        _staging.Take(new Watching(new("e", 1), true, [.. configs.Select(config => config.Slug)]));
        foreach (var (slug, content) in configs)
        {
            _staging.Take(Wire.Config(slug, 1, content));
        }

        return _staging.Take(new Synced(1))!;
    }
}
