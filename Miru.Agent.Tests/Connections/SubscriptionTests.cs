using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

[Trait("Clause", "watch-1")]
[Trait("Clause", "watch-2")]
[Trait("Clause", "watch-3")]
[Trait("Clause", "watch-4")]
public sealed class SubscriptionTests
{
    private readonly Snapshots _store = new();

    [Fact]
    public void A_newcomer_gets_every_config_and_then_the_sequence()
    {
        _store.Publish("a", "b");
        var watch = Open(null, after: null, out var listed);

        Assert.Equal(["a", "b"], listed);
        Assert.Equal(["a@1", "b@1", "synced 1"], Drain(watch));
    }

    [Fact]
    public void A_newcomer_to_an_empty_store_is_synced_at_once()
    {
        var watch = Open(null, after: null, out var listed);

        Assert.Empty(listed!);
        Assert.Equal(["synced 0"], Drain(watch));
    }

    [Fact]
    public void A_newer_version_replaces_the_one_that_waits_and_counts_it()
    {
        _store.Publish("a", "b");
        var watch = Open(null, after: null, out _);
        watch.Advance(_store.Publish("a"));
        watch.Advance(_store.Publish("a"));

        Assert.Equal(["b@1", "a@3+2", "synced 3"], Drain(watch));
    }

    [Fact]
    public void Half_a_deployment_is_never_announced()
    {
        var watch = Open(null, after: null, out _);
        Drain(watch);
        watch.Advance(_store.Publish("a", "b"));
        Assert.Equal(["a@1"], Drain(watch, pushes: 1));

        // b of the first deployment is overtaken by the second: only the state at 2 is ever whole.
        watch.Advance(_store.Publish("b", "c"));

        Assert.Equal(["b@2+1", "c@2", "synced 2"], Drain(watch));
    }

    [Fact]
    public void A_sequence_that_is_whole_is_announced_although_the_next_one_waits()
    {
        var watch = Open(null, after: null, out _);
        Drain(watch);
        watch.Advance(_store.Publish("a", "b"));
        watch.Advance(_store.Publish("c"));

        Assert.Equal(["a@1", "b@1", "synced 1", "c@2", "synced 2"], Drain(watch));
    }

    [Fact]
    public void States_that_arrived_in_one_step_are_announced_only_together()
    {
        var watch = Open(null, after: null, out _);
        Drain(watch);
        _store.Publish("a", "b");
        watch.Advance(_store.Publish("b"));

        Assert.Equal(["a@1", "b@2", "synced 2"], Drain(watch));
    }

    [Fact]
    public void One_deployment_may_remove_more_than_the_store_remembers()
    {
        _store.Publish("a", "b");
        var watch = Open(null, after: null, out _);
        Drain(watch);

        var next = _store.Remove("a", "b");
        watch.Advance(next with { Tombstones = next.Tombstones.Remove("a"), OldestTombstone = next.Sequence });

        Assert.Equal(["-a@2", "-b@2", "synced 2"], Drain(watch));
    }

    [Fact]
    public void A_cursor_gets_what_changed_since_and_what_was_removed()
    {
        _store.Publish("a", "b", "c");
        _store.Publish("b");
        _store.Remove("c");
        var watch = Open(null, new Cursor("e1", 1), out var listed);

        Assert.Null(listed);
        Assert.Equal(["b@2", "-c@3", "synced 3"], Drain(watch));
    }

    [Fact]
    public void A_cursor_at_the_head_gets_only_the_confirmation()
    {
        _store.Publish("a");
        var watch = Open(null, new Cursor("e1", 1), out var listed);

        Assert.Null(listed);
        Assert.Equal(["synced 1"], Drain(watch));
    }

    [Theory]
    [InlineData("another", 1, 0)]
    [InlineData("e1", 9, 0)]
    [InlineData("e1", 1, 2)]
    public void A_cursor_that_means_nothing_here_gets_the_full_snapshot(string epoch, long sequence, long oldestTombstone)
    {
        _store.Publish("a");
        var snapshot = _store.Publish("b") with { OldestTombstone = oldestTombstone };
        var watch = Subscription.Open(7, null, new Cursor(epoch, sequence), snapshot, out var listed);

        Assert.Equal(["a", "b"], listed);
        Assert.Equal(["a@1", "b@2", "synced 2"], Drain(watch));
    }

    [Fact]
    public void A_name_is_watched_before_it_exists_and_after_it_ceased_to()
    {
        _store.Publish("a");
        var watch = Open(["b"], after: null, out var listed);
        Assert.Empty(listed!);
        Assert.Equal(["synced 1"], Drain(watch));

        watch.Advance(_store.Publish("b"));
        watch.Advance(_store.Remove("b"));
        watch.Advance(_store.Publish("b"));

        Assert.Equal(["b@4+2", "synced 4"], Drain(watch));
    }

    [Fact]
    public void What_is_not_watched_moves_the_cursor_and_sends_nothing()
    {
        var watch = Open(["b"], after: null, out _);
        Drain(watch);
        watch.Advance(_store.Publish("a"));

        Assert.Equal(["synced 1"], Drain(watch));
    }

    [Fact]
    public void Ignores_a_snapshot_it_already_has()
    {
        var snapshot = _store.Publish("a");
        var watch = Open(null, after: null, out _);
        Drain(watch);
        watch.Advance(snapshot);

        Assert.Empty(Drain(watch));
    }

    [Fact]
    public void A_forgotten_name_is_no_longer_sent()
    {
        _store.Publish("a", "b");
        var watch = Open(["a", "b"], after: null, out _);
        Assert.True(watch.Forget(["a"]));

        Assert.Equal(["b@1", "synced 1"], Drain(watch));
        Assert.False(watch.IsEmpty);
    }

    private Subscription Open(IReadOnlyCollection<string>? slugs, Cursor? after, out IReadOnlyList<string>? listed) =>
        Subscription.Open(7, slugs, after, _store.Current, out listed);

    private static List<string> Drain(Subscription watch, int pushes = int.MaxValue)
    {
        var seen = new List<string>();
        while (true)
        {
            if (watch.TrySynced(out var sequence))
            {
                seen.Add($"synced {sequence}");
            }
            else if (pushes-- > 0 && watch.TryNext(out var next))
            {
                seen.Add($"{(next.Version is null ? "-" : "")}{next.Slug}@{next.Sequence}{(next.Superseded > 0 ? $"+{next.Superseded}" : "")}");
            }
            else
            {
                return seen;
            }
        }
    }
}
