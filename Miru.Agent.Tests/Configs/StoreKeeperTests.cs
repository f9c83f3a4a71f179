using System.Text;
using Akka.TestKit.Xunit2;
using Miru.Agent.Configs;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class StoreKeeperTests : TestKit
{
    private readonly TemporaryDirectory _directory = new();

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    [Fact]
    public void Damage_that_shows_while_it_is_used_is_recovered_from_without_a_restart()
    {
        using var keeper = Open(_directory.FullName);
        var epoch = keeper.Ledger.Snapshot.Epoch;

        Assert.False(keeper.Try(() => throw new StoreDamageException("found in use"), out _));

        Assert.NotEqual(epoch, keeper.Ledger.Snapshot.Epoch);
        Assert.True(keeper.Try(() => Keep(keeper, 10), out _));
        Assert.NotEmpty(Directory.GetDirectories(_directory.File("quarantine")));
    }

    [MountFact]
    public void A_full_disk_loses_nothing_is_visible_and_ends_by_itself()
    {
        using var disk = new SmallDisk(_directory.File("disk"), "size=1m");
        using var keeper = Open(disk.Path);
        Assert.True(keeper.Try(() => Keep(keeper, 10), out _));
        var before = keeper.Ledger.Snapshot;
        for (var cycle = 0; cycle < 5; cycle++)
        {
            disk.Fill();

            Assert.False(keeper.Try(() => Keep(keeper, 300_000), out var problem));
            Assert.Contains("full", problem);
            Assert.Equal(problem, keeper.Problem);
            Assert.Same(before, keeper.Ledger.Snapshot);

            disk.Free();
            Assert.True(keeper.Try(() => keeper.Ledger.Merge([]), out _));
            Assert.Null(keeper.Problem);
        }

        Assert.Equal(5, keeper.Ledger.Events.After(0, 100, StoreEventKind.StorageFailed).Count);
    }

    [MountFact]
    public void A_store_on_a_full_disk_is_opened_and_served()
    {
        using var disk = new SmallDisk(_directory.File("disk"), "size=1m");
        string epoch;
        using (var keeper = Open(disk.Path))
        {
            epoch = keeper.Ledger.Snapshot.Epoch;
        }

        // SQLite needs 32 KiB of shared memory beside an open log.
        disk.Fill(leave: 40 * 1024);
        using var again = Open(disk.Path);

        Assert.Equal(epoch, again.Ledger.Snapshot.Epoch);
    }

    private StoreKeeper Open(string directory) => StoreKeeper.Open(Stores.Settings(directory), TimeProvider.System, Sys.Log);

    private static void Keep(StoreKeeper keeper, int length) =>
        keeper.Ledger.KeepContent(new KeepContent("inst_1", null, Encoding.UTF8.GetBytes(new string('x', length))));
}
