using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>What a peer with few rights is told: the same as if the rest did not exist.</summary>
[Trait("Clause", "hello-3")]
public sealed class AccessTests
{
    private static readonly AccessRights Lidar = new(Operations.Read, [new("lidar-*")]);

    private readonly Snapshots _store = new();

    [Fact]
    public void A_hidden_config_is_answered_exactly_like_one_that_does_not_exist()
    {
        _store.Publish("lidar-front", "secret");
        var peer = Greeted(Lidar);
        peer.Say(new Get("secret"), 2);
        peer.Say(new Get("nonsense"), 3);

        var (hidden, absent) = (peer.Hear().Message, peer.Hear().Message);
        Assert.Equal(ErrorCodes.ConfigNotFound, Assert.IsType<ErrorMessage>(hidden).Code);
        Assert.Equal(absent, hidden);
    }

    [Fact]
    public void A_visible_config_is_served_and_listed_alone()
    {
        _store.Publish("lidar-front", "secret");
        var peer = Greeted(Lidar);
        peer.Say(new Get("lidar-front"), 2);
        peer.Say(new List(), 3);

        Assert.Equal("lidar-front", Assert.IsType<ConfigMessage>(peer.Hear().Message).Slug);
        Assert.Equal(["lidar-front"], Assert.IsType<Listed>(peer.Hear().Message).Configs.Select(config => config.Slug));
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public void A_watch_on_all_is_a_watch_on_what_is_visible_and_its_cursor_moves_all_the_same()
    {
        _store.Publish("lidar-front", "secret");
        var peer = Greeted(Lidar);
        peer.Say(Watch.Everything(), 40);
        Assert.Equal(["lidar-front"], Assert.IsType<Watching>(peer.Hear().Message).Slugs);
        Assert.Equal("lidar-front", Assert.IsType<ConfigMessage>(peer.Hear().Message).Slug);
        Assert.Equal(new Synced(1), peer.Hear().Message);

        peer.Protocol.OnSnapshot(_store.Publish("secret"));
        Assert.Equal(new Synced(2), Assert.Single(peer.HearAll()).Message);

        peer.Protocol.OnSnapshot(_store.Remove("secret"));
        Assert.Equal(new Synced(3), Assert.Single(peer.HearAll()).Message);
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public void A_deployment_that_is_half_visible_is_seen_as_that_half_and_whole()
    {
        _store.Publish("lidar-front", "lidar-rear", "secret");
        var peer = Greeted(Lidar);
        peer.Say(Watch.Everything(), 40);
        peer.Say(new Demand(10));
        peer.HearAll();

        peer.Protocol.OnSnapshot(_store.Step(["lidar-front", "secret"], ["lidar-rear"]));

        var heard = peer.HearAll().Select(frame => frame.Message).ToList();
        Assert.Equal(["lidar-front"], heard.OfType<ConfigMessage>().Select(config => config.Slug));
        Assert.Equal(["lidar-rear"], heard.OfType<Removed>().Select(removed => removed.Slug));
        Assert.Equal(new Synced(2), heard[^1]);
        Assert.Equal(3, heard.Count);
    }

    [Fact]
    [Trait("Clause", "watch-3")]
    public void A_watch_on_a_hidden_name_stays_silent_for_ever()
    {
        var peer = Greeted(Lidar);
        peer.Say(new Watch(["secret"], false, null), 40);
        peer.HearAll();

        peer.Protocol.OnSnapshot(_store.Publish("secret"));
        peer.Protocol.OnSnapshot(_store.Remove("secret"));

        Assert.Equal([new Synced(2)], peer.HearAll().Select(frame => frame.Message));
    }

    [Fact]
    [Trait("Clause", "watch-4")]
    public void Resuming_hears_of_visible_removals_only()
    {
        _store.Publish("lidar-front", "secret");
        _store.Remove("lidar-front", "secret");
        var peer = Greeted(Lidar);
        peer.Say(Watch.Everything(new Cursor("e1", 1)), 40);

        var heard = peer.HearAll().Select(frame => frame.Message).ToList();
        Assert.False(Assert.IsType<Watching>(heard[0]).Full);
        Assert.Equal("lidar-front", Assert.IsType<Removed>(heard[1]).Slug);
        Assert.Equal(new Synced(2), heard[2]);
        Assert.Equal(3, heard.Count);
    }

    [Fact]
    public void What_no_rule_allows_is_denied_and_the_connection_goes_on()
    {
        _store.Publish("secret");
        var peer = Greeted(AccessRights.Nothing);
        Message[] forbidden = [new Get("secret"), new List(), Watch.Everything(), new Sync(), new GetStatus()];
        foreach (var request in forbidden)
        {
            peer.Say(request, 2);
            var denied = Assert.IsType<ErrorMessage>(peer.Hear().Message);
            Assert.Equal((ErrorCodes.AccessDenied, Clauses.Hello3), (denied.Code, denied.Clause));
            Assert.False(denied.Retryable);
        }

        peer.Say(new Ping(), 3);
        Assert.IsType<Pong>(peer.Hear().Message);
        peer.Protocol.OnSnapshot(_store.Publish("secret"));
        peer.HearNothing();
        Assert.False(peer.Protocol.TryTakeErrand(out _));
    }

    private ProtocolPeer Greeted(AccessRights rights) => ProtocolPeer.Greeted(_store.Current, null, rights);
}
