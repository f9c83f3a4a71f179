using Miru.Agent.Connections.Access;
using Miru.Agent.Settings;
using Xunit;

namespace Miru.Agent.Tests.Connections.Access;

public sealed class AccessSettingsTests
{
    private const string Reference = "miru.access.rules = [ { group = miru, may = [read] } ]";

    [Fact]
    public void The_default_lets_group_miru_read_everything()
    {
        var rule = Assert.Single(Read("").Rules);

        Assert.Equal(new Principal.Group(500), rule.Who);
        Assert.Equal(Operations.Read, rule.May);
        Assert.Equal([new SlugPattern("*")], rule.Configs);
    }

    [Fact]
    public void A_default_group_that_the_machine_lacks_applies_to_nobody_and_is_named()
    {
        var settings = Read("", groups: []);

        Assert.Empty(settings.Rules);
        Assert.Equal(["group miru"], settings.UnknownByDefault);
    }

    [Fact]
    public void A_file_replaces_the_list()
    {
        var settings = Read("""
            miru.access.rules = [
              { user = navigation, may = [read], configs = ["motion-*", map] }
              { group = 4242, may = [sync, status] }
              { user = "*", may = [admin] }
            ]
            """);

        Assert.Equal(
            [new Principal.User(1000), new Principal.Group(4242), new Principal.Everyone()], settings.Rules.Select(rule => rule.Who));
        Assert.Equal([Operations.Read, Operations.Sync | Operations.Status, Operations.Admin], settings.Rules.Select(rule => rule.May));
        Assert.Equal([new SlugPattern("motion-*"), new SlugPattern("map")], settings.Rules[0].Configs);
    }

    [Fact]
    public void An_empty_list_leaves_root_and_the_agent() => Assert.Empty(Read("miru.access.rules = []").Rules);

    [Theory]
    [InlineData("{ group = robtos, may = [read] }", "miru.access.rules[0].group", "there is no group 'robtos' on this machine")]
    [InlineData("{ user = robtos, may = [read] }", "miru.access.rules[0].user", "there is no user 'robtos' on this machine")]
    [InlineData("{ user = 65534, may = [read] }", "miru.access.rules[0].user", "65534 is what the kernel says for somebody it does not know")]
    [InlineData("{ may = [read] }", "miru.access.rules[0]", "names not exactly one of user and group")]
    [InlineData("{ user = navigation, group = miru, may = [read] }", "miru.access.rules[0]", "names not exactly one of user and group")]
    [InlineData("{ group = miru }", "miru.access.rules[0].may", "grants nothing")]
    [InlineData("{ group = miru, may = [] }", "miru.access.rules[0].may", "grants nothing")]
    [InlineData("{ group = miru, may = [write] }", "miru.access.rules[0].may", "'write' is none of the operations")]
    [InlineData("{ group = miru, may = read }", "miru.access.rules[0].may", "is a single value")]
    [InlineData("{ group = [miru], may = [read] }", "miru.access.rules[0].group", "is a list")]
    [InlineData("{ group = miru, may = [sync], configs = [map] }", "miru.access.rules[0].configs", "narrows reading, which this rule does not grant")]
    [InlineData("{ group = miru, may = [read], configs = [] }", "miru.access.rules[0].configs", "names no config")]
    [InlineData("{ group = miru, may = [read], slugs = [map] }", "miru.access.rules[0].slugs", "is not a setting")]
    [InlineData("{ group = miru, may = [read] }, { may = [read] }", "miru.access.rules[1]", "names not exactly one of user and group")]
    [InlineData("miru", "miru.access.rules", "is not a list of objects")]
    public void A_wrong_rule_says_what_is_wrong_with_it(string rule, string key, string reason)
    {
        var reader = Reader($"miru.access.rules = [ {rule} ]");
        _ = Resolve(reader, new() { ["miru"] = 500 });

        var problem = Assert.Single(reader.Problems);
        Assert.Equal((key, reason), (problem.Key, problem.Reason));
        Assert.Equal("agent.conf", problem.File);
        Assert.NotEqual("", problem.Expected);
    }

    private static AccessSettings Read(string overlay, Dictionary<string, uint>? groups = null)
    {
        var reader = Reader(overlay);
        var settings = Resolve(reader, groups ?? new() { ["miru"] = 500 });
        Assert.Empty(reader.Problems);
        return settings;
    }

    private static AccessSettings Resolve(SettingsReader reader, Dictionary<string, uint> groups) => AccessSettings.Read(
        reader, name => name == "navigation" ? 1000 : null, name => groups.TryGetValue(name, out var id) ? id : null, unknownUser: 65534);

    private static SettingsReader Reader(string overlay) =>
        new([SettingsSource.Parse("reference", Reference), SettingsSource.Parse("agent.conf", overlay)]);
}
