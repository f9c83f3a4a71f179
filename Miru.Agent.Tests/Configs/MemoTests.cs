using Miru.Agent.Configs;
using Miru.Agent.Tests.Connections;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public class MemoTests
{
    [Fact]
    public void What_was_worked_out_from_a_value_is_no_part_of_it()
    {
        var version = new ConfigVersion("a", 1, "sha256:", "dpl", "v1", "json", "/a.json", new byte[1]);
        var copy = version with { };
        version.Memo.Held = "a frame";

        Assert.Equal(version, copy);
        Assert.Equal(version.GetHashCode(), copy.GetHashCode());
        Assert.DoesNotContain("Memo =", version.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_keeps_every_value_and_begins_with_an_empty_one()
    {
        var version = new ConfigVersion("a", 1, "sha256:", "dpl", "v1", "json", "/a.json", new byte[1]);
        version.Memo.Held = "a frame";
        Assert.Equal(version, version with { });
        Assert.Null((version with { }).Memo.Held);

        var snapshot = new Snapshots().Step(["a"]) with { OldestTombstone = 3 };
        snapshot.Memo.Held = "a step";
        Assert.Equal(snapshot, snapshot with { });
        Assert.Null((snapshot with { }).Memo.Held);
    }
}
