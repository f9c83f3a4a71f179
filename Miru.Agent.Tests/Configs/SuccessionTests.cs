using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Miru.Agent.Configs;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class SuccessionTests
{
    private static readonly ConfigSnapshot Empty = new(
        "epoch", 0, ImmutableSortedDictionary<string, ConfigVersion>.Empty, ImmutableSortedDictionary<string, long>.Empty, 0);

    [Fact]
    public void One_deployment_is_one_sequence_however_many_configs_it_carries()
    {
        var next = After(Empty, ("a", "1"), ("b", "1"));

        Assert.Equal(1, next.Sequence);
        Assert.All(next.Configs.Values, config => Assert.Equal(1, config.Sequence));
    }

    [Fact]
    public void Unchanged_bytes_keep_their_sequence_and_carry_the_new_deployment()
    {
        var first = After(Empty, ("a", "1"), ("b", "1"));

        var second = Succession.Next(first, [Config("a", "1", "dpl_2"), Config("b", "2", "dpl_2")], 10);

        Assert.Equal((1, "dpl_2"), (second.Configs["a"].Sequence, second.Configs["a"].DeploymentId));
        Assert.Equal(2, second.Configs["b"].Sequence);
    }

    [Fact]
    public void The_same_bytes_at_another_path_are_a_change()
    {
        var first = After(Empty, ("a", "1"));

        var second = Succession.Next(first, [Config("a", "1", "dpl_2") with { FilePath = "/srv/miru/elsewhere" }], 10);

        Assert.Equal(2, second.Configs["a"].Sequence);
    }

    [Fact]
    public void A_slug_that_is_gone_leaves_a_tombstone_until_it_returns()
    {
        var removed = After(After(Empty, ("a", "1"), ("b", "1")), ("b", "1"));
        Assert.Equal(2, removed.Tombstones["a"]);

        var back = After(removed, ("a", "1"), ("b", "1"));
        Assert.Empty(back.Tombstones);
        Assert.Equal(3, back.Configs["a"].Sequence);
    }

    [Fact]
    public void The_oldest_tombstones_are_dropped_and_cursors_from_before_them_are_known_to_be_too_old()
    {
        var snapshot = After(Empty, ("a", "1"), ("b", "1"), ("c", "1"));
        snapshot = Succession.Next(snapshot, [Config("b", "1"), Config("c", "1")], 2);
        snapshot = Succession.Next(snapshot, [Config("c", "1")], 2);
        Assert.Equal(0, snapshot.OldestTombstone);

        snapshot = Succession.Next(snapshot, [], 2);

        Assert.Equal(["b", "c"], snapshot.Tombstones.Keys);
        Assert.Equal(2, snapshot.OldestTombstone);
    }

    [Fact]
    public void Whatever_is_deployed_every_cursor_can_be_brought_up_to_date()
    {
        var deployment = Gen.SubListOf(new[] { "a", "b", "c", "d", "e" }).SelectMany(
            slugs => Gen.ListOf(Gen.Elements("1", "2"), slugs.Count), (slugs, contents) => slugs.Zip(contents).ToArray());
        Prop.ForAll(Gen.ListOf(deployment).ToArbitrary(), deployments =>
        {
            var history = new List<ConfigSnapshot> { Empty };
            foreach (var configs in deployments)
            {
                history.Add(Succession.Next(history[^1], [.. configs.Select(config => Config(config.First, config.Second))], 2));
            }

            var head = history[^1];
            foreach (var past in history.Where(past => past.Sequence >= head.OldestTombstone))
            {
                var resumed = past.Configs
                    .RemoveRange(head.Tombstones.Where(tombstone => tombstone.Value > past.Sequence).Select(tombstone => tombstone.Key))
                    .SetItems(head.Configs.Where(config => config.Value.Sequence > past.Sequence));
                Assert.Equal(head.Configs.Select(config => (config.Key, config.Value.Digest)), resumed.Select(config => (config.Key, config.Value.Digest)));
            }
        }).QuickCheckThrowOnFailure();
    }

    private static ConfigSnapshot After(ConfigSnapshot current, params (string Slug, string Content)[] configs) =>
        Succession.Next(current, [.. configs.Select(config => Config(config.Slug, config.Content))], 10);

    private static ConfigVersion Config(string slug, string content, string deployment = "dpl_1")
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        return new ConfigVersion(slug, 0, ContentDigest.Of(bytes), deployment, "v1", "text", $"/srv/miru/{slug}", bytes);
    }
}
