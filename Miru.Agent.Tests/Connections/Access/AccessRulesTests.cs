using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Agent.Configs;
using Miru.Agent.Tests.Connections;
using Xunit;

namespace Miru.Agent.Tests.Connections.Access;

[Trait("Clause", "hello-3")]
public sealed class AccessRulesTests
{
    private const uint Root = 0;
    private const uint Agent = 900;
    private const uint Nobody = 65534;
    private const uint Perception = 1000;
    private const uint Operator = 1001;
    private const uint Stranger = 1002;
    private const uint MiruGroup = 500;
    private const uint OperatorsGroup = 501;
    private const uint OwnGroup = 2000;

    private static readonly AccessRule[] Rules =
    [
        new(new Principal.Group(MiruGroup), Operations.Read, [new("motion-control")]),
        new(new Principal.User(Perception), Operations.Read, [new("lidar-*"), new("camera")]),
        new(new Principal.Group(OperatorsGroup), Operations.Sync | Operations.Admin, [new("*")]),
        new(new Principal.User(Operator), Operations.Status, [new("*")]),
    ];

    // who, effective group, supplementary groups | read, sync, status, admin | what is seen of lidar-front, camera, motion-control
    [Theory]
    [InlineData(Root, Root, new uint[0], true, true, true, true, "lidar-front camera motion-control")]
    [InlineData(Agent, OwnGroup, new uint[0], true, true, true, true, "lidar-front camera motion-control")]
    [InlineData(Stranger, OwnGroup, new uint[0], false, false, false, false, "")]
    [InlineData(Stranger, MiruGroup, new uint[0], true, false, false, false, "motion-control")]
    [InlineData(Stranger, OwnGroup, new[] { 7u, MiruGroup, 8u }, true, false, false, false, "motion-control")]
    [InlineData(Perception, OwnGroup, new uint[0], true, false, false, false, "lidar-front camera")]
    [InlineData(Perception, OwnGroup, new[] { MiruGroup }, true, false, false, false, "lidar-front camera motion-control")]
    [InlineData(Stranger, OwnGroup, new[] { OperatorsGroup }, false, true, true, true, "")]
    [InlineData(Stranger, OwnGroup, new[] { OperatorsGroup, MiruGroup }, true, true, true, true, "motion-control")]
    [InlineData(Operator, OwnGroup, new uint[0], false, false, true, false, "")]
    [InlineData(Nobody, Nobody, new[] { MiruGroup, OperatorsGroup }, false, false, false, false, "")]
    [InlineData(Nobody, Root, new[] { Root }, false, false, false, false, "")]
    [InlineData(Stranger, Root, new[] { Root }, false, false, false, false, "")]
    public void A_peer_has_what_all_rules_that_fit_it_grant_together(
        uint user, uint group, uint[] groups, bool read, bool sync, bool status, bool admin, string sees)
    {
        var rights = new AccessRules(Rules, Agent, Nobody).Of(new PeerCredentials(1, user, group, groups));

        Assert.Equal(read, rights.Allow(Operations.Read));
        Assert.Equal(sync, rights.Allow(Operations.Sync));
        Assert.Equal(status, rights.Allow(Operations.Status));
        Assert.Equal(admin, rights.Allow(Operations.Admin));
        Assert.Equal(sees.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), Seen(rights));
    }

    [Fact]
    public void An_agent_that_runs_as_nobody_does_not_take_the_unknown_for_itself() =>
        Assert.Same(AccessRights.Nothing, new AccessRules([], ownUser: Nobody, unknownUser: Nobody).Of(Peer(Nobody)));

    [Fact]
    public void Everyone_means_everyone_who_is_known()
    {
        var rules = new AccessRules([new(new Principal.Everyone(), Operations.Read, [new("*")])], Agent, Nobody);

        Assert.True(rules.Of(Peer(Stranger)).SeesEverything);
        Assert.Same(AccessRights.Nothing, rules.Of(Peer(Nobody)));
    }

    [Fact]
    public void Who_sees_everything_gets_the_store_s_own_snapshot_and_others_share_one_filtered_one()
    {
        var snapshot = new Snapshots().Publish("motion-control", "camera");
        var rules = new AccessRules(Rules, Agent, Nobody);

        Assert.Same(snapshot, rules.Of(Peer(Root)).Visible(snapshot));
        Assert.Same(rules.Of(Peer(Perception)).Visible(snapshot), rules.Of(Peer(Perception)).Visible(snapshot));
        Assert.Same(snapshot.Configs["camera"], rules.Of(Peer(Perception)).Visible(snapshot).Configs["camera"]);
    }

    [Fact]
    public void A_removed_config_that_was_hidden_leaves_no_trace()
    {
        var store = new Snapshots();
        store.Publish("motion-control", "camera");
        ConfigSnapshot snapshot = store.Remove("motion-control", "camera");
        var visible = new AccessRules(Rules, Agent, Nobody).Of(Peer(Perception)).Visible(snapshot);

        Assert.Equal(["camera"], visible.Tombstones.Keys);
        Assert.Equal(snapshot.Sequence, visible.Sequence);
    }

    private static PeerCredentials Peer(uint user) => new(1, user, OwnGroup, []);

    private static IEnumerable<string> Seen(AccessRights rights) => rights.Allow(Operations.Read)
        ? rights.Visible(new Snapshots().Publish("lidar-front", "camera", "motion-control")).Configs.Keys.Order()
        : [];
}
