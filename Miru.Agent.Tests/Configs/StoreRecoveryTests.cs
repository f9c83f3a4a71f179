using System.Runtime.InteropServices;
using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed partial class StoreRecoveryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFiles _files;

    public StoreRecoveryTests() => _files = new StoreFiles(_directory.FullName);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Garbage_is_kept_as_it_was_and_an_empty_store_begins()
    {
        File.WriteAllText(_files.Database, new string('x', 4096));

        using var ledger = Open(out var recovery);

        Assert.Empty(ledger.Snapshot.Configs);
        Assert.Equal(new string('x', 4096), File.ReadAllText(Path.Combine(recovery!.KeptIn, "store.db")));
        Assert.Equal(
            [StoreEventKind.Quarantined, StoreEventKind.Recovered],
            ledger.Events.After(0, 10).Select(happened => happened.Kind));
    }

    [Fact]
    public void Damaged_stores_pile_up_and_none_is_deleted()
    {
        for (var i = 1; i <= 3; i++)
        {
            File.WriteAllText(_files.Database, new string((char)('a' + i), 4096));
            Open(out var recovery).Dispose();
            Assert.Equal(i, recovery!.KeptStores);
        }

        Assert.Equal(3, Directory.GetDirectories(_files.Quarantine).Length);
    }

    [Fact]
    public void A_log_that_is_gone_is_noticed_and_nothing_is_served_under_the_old_epoch()
    {
        var epoch = Kill(LeaveTwoDeployments);
        File.Delete(_files.Database + "-wal");
        File.Delete(_files.Database + "-shm");

        using var ledger = Open(out var recovery);

        Assert.NotNull(recovery);
        Assert.NotEqual(epoch, ledger.Snapshot.Epoch);
    }

    [Fact]
    public void A_killed_agents_store_is_no_damage()
    {
        var epoch = Kill(LeaveTwoDeployments);

        using var ledger = Open(out var recovery);

        Assert.Null(recovery);
        Assert.Equal((epoch, 2L), (ledger.Snapshot.Epoch, ledger.Snapshot.Sequence));
    }

    [Fact]
    public void An_older_copy_of_the_store_begins_a_new_epoch()
    {
        string epoch;
        using (var ledger = Open(out _))
        {
            Deploy(ledger, "dpl_1", "1");
            epoch = ledger.Snapshot.Epoch;
        }

        var older = File.ReadAllBytes(_files.Database);
        using (var ledger = Open(out _))
        {
            Deploy(ledger, "dpl_2", "2");
        }

        File.WriteAllBytes(_files.Database, older);

        using var restored = Open(out var recovery);

        Assert.Contains("are gone", recovery!.Damage);
        Assert.NotEqual(epoch, restored.Snapshot.Epoch);
        Assert.Equal("1", Text(restored));
    }

    [Fact]
    public void Bytes_that_the_store_lost_come_back_from_the_deployed_file()
    {
        using (var ledger = Open(out _))
        {
            Deploy(ledger, "dpl_1", "precious");
        }

        File.WriteAllText(_directory.File("config.json"), "precious");
        Overwrite("precious", "PRECIOUS");

        using var recovered = Open(out var recovery);

        Assert.Empty(recovery!.LostConfigs);
        Assert.Equal("precious", Text(recovered));
    }

    [Fact]
    public void A_deployed_file_with_other_bytes_is_not_taken_for_the_config()
    {
        using (var ledger = Open(out _))
        {
            Deploy(ledger, "dpl_1", "precious");
        }

        File.WriteAllText(_directory.File("config.json"), "drifted!");
        Overwrite("precious", "PRECIOUS");

        using var recovered = Open(out var recovery);

        Assert.Equal("config", Assert.Single(recovery!.LostConfigs));
        Assert.Empty(recovered.Snapshot.Configs);
    }

    [Fact]
    public void A_path_that_the_disk_changed_is_neither_served_nor_written_to()
    {
        using (var ledger = Open(out _))
        {
            Deploy(ledger, "dpl_1", "1");
        }

        Overwrite("config.json", "cOnfig.json");

        using var recovered = Open(out var recovery);

        Assert.NotNull(recovery);
        Assert.DoesNotContain(recovered.Snapshot.Configs.Values, config => config.FilePath.Contains("cOnfig"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_recovery_that_a_crash_cut_off_is_finished_or_begun_again(bool originalIsAside)
    {
        using (var ledger = Open(out _))
        {
            Deploy(ledger, "dpl_1", "1");
        }

        // A successor that was made, and the original in its place or already kept aside.
        File.Copy(_files.Database, _files.Successor);
        if (originalIsAside)
        {
            Directory.CreateDirectory(Path.Combine(_files.Quarantine, "0001-20260503T120000Z"));
            File.Move(_files.Database, Path.Combine(_files.Quarantine, "0001-20260503T120000Z", "store.db"));
        }

        using var opened = Open(out _);

        Assert.Equal("1", Text(opened));
        Assert.False(File.Exists(_files.Successor));
    }

    [Fact]
    public void The_outbox_the_generations_and_a_rollback_survive_damage_elsewhere()
    {
        using (var ledger = Open(out _))
        {
            Deploy(ledger, "dpl_1", "first");
            Deploy(ledger, "dpl_2", "second");
            ledger.Rollback(null, "request-1");
        }

        Overwrite("second", "SECOND");

        using var recovered = Open(out var recovery);

        Assert.NotNull(recovery);
        Assert.Equal(("dpl_1", DeploymentHold.Pinned), recovered.Generations().Where(g => g.Hold == DeploymentHold.Pinned).Select(g => (g.DeploymentId, g.Hold)).Single());
        Assert.Equal("dpl_1", recovered.Reports.Oldest()!.DeploymentId);
        Assert.Equal("dpl_1", Assert.IsType<ApplyDeployment>(recovered.NextWork(DateTimeOffset.UnixEpoch).Work).DeploymentId);
    }

    [Fact]
    public void A_damaged_first_page_costs_nothing()
    {
        var epoch = Close(LeaveTwoDeployments);
        Damage(_files.Database, bytes => bytes.AsSpan(0, Math.Min(4096, bytes.Length)).Fill(0xa5));

        using var ledger = Open(out var recovery);

        Assert.Empty(recovery!.LostConfigs);
        Assert.Equal("2", Text(ledger));
        Assert.NotEqual(epoch, ledger.Snapshot.Epoch);
    }

    [Fact]
    public void A_damaged_frame_of_the_log_does_not_cost_those_behind_it()
    {
        Kill(LeaveTwoDeployments);
        Damage(_files.Database + "-wal", bytes => bytes.AsSpan(32 + 24, 64).Fill(0xa5));

        using var ledger = Open(out var recovery);

        Assert.NotNull(recovery);
        Assert.Equal("2", Text(ledger));
    }

    [Fact]
    public void Frames_of_an_earlier_round_of_the_log_are_not_taken_for_the_present_one()
    {
        // A long first round, checkpointed, then a short one over its beginning: most frames in the file are the old ones.
        Kill(ledger =>
        {
            Deploy(ledger, "dpl_1", new string('1', 100_000));
            for (var i = 0; i < 40; i++)
            {
                ledger.Record(StoreEventKind.Failed, detail: "the first round");
            }

            using (var other = ConfigDatabase.OpenAsIs(_files.Database, writable: true))
            {
                other.Execute("PRAGMA wal_checkpoint(RESTART)");
            }

            Deploy(ledger, "dpl_2", "2");
        });
        Damage(_files.Database, bytes => bytes.AsSpan(0, 4096).Fill(0xa5));

        using var ledger = Open(out var recovery);

        Assert.NotNull(recovery);
        Assert.Equal("2", Text(ledger));
    }

    [Fact]
    public void A_pipe_in_the_place_of_a_deployed_file_does_not_hold_the_recovery_up()
    {
        using (var ledger = Open(out _))
        {
            Deploy(ledger, "dpl_1", "precious");
        }

        Assert.Equal(0, MakePipe(_directory.File("config.json"), 0x1b6));
        Overwrite("precious", "PRECIOUS");

        Open(out var recovery).Dispose();

        Assert.Equal("config", Assert.Single(recovery!.LostConfigs));
    }

    private ConfigLedger Open(out StoreRecovery? recovery) => ConfigLedger.Open(Stores.Settings(_directory.FullName), TimeProvider.System, out recovery);

    private void LeaveTwoDeployments(ConfigLedger ledger)
    {
        Deploy(ledger, "dpl_1", "1");
        Deploy(ledger, "dpl_2", "2");
    }

    private void Deploy(ConfigLedger ledger, string id, string content)
    {
        var current = ledger.Generations().FirstOrDefault(generation => generation.IsCurrent);
        FetchedDeployment[] replaced = current is null ? [] : [new(current.DeploymentId, "v1", DeploymentTarget.Archived, DeploymentActivity.Deployed, [])];
        ledger.Merge([new FetchedDeployment(id, "v1", DeploymentTarget.Deployed, DeploymentActivity.Queued, [new FetchedInstance($"inst_{id}", "config", _directory.File("config.json"))]), .. replaced]);
        ledger.KeepContent(new KeepContent($"inst_{id}", null, Encoding.UTF8.GetBytes(content)));
        var work = Assert.IsType<ApplyDeployment>(ledger.NextWork(DateTimeOffset.UnixEpoch).Work);
        Assert.True(ledger.Applied(new DeploymentApplied(0, id, [.. work.Configs.Select(config => new PlacedConfig("config", "json", config))], [], []), DateTimeOffset.UnixEpoch));
    }

    private string Close(Action<ConfigLedger> after)
    {
        using var ledger = Open(out _);
        after(ledger);
        return ledger.Snapshot.Epoch;
    }

    private static void Damage(string file, Action<byte[]> damage)
    {
        var bytes = File.ReadAllBytes(file);
        damage(bytes);
        File.WriteAllBytes(file, bytes);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);

    /// <summary>Leaves the files as they are while the store is open, as a kill does.</summary>
    private string Kill(Action<ConfigLedger> after)
    {
        var copies = new Dictionary<string, byte[]>();
        string epoch;
        using (var ledger = Open(out _))
        {
            after(ledger);
            epoch = ledger.Snapshot.Epoch;
            foreach (var file in Directory.GetFiles(_directory.FullName))
            {
                copies[file] = File.ReadAllBytes(file);
            }
        }

        foreach (var (file, bytes) in copies)
        {
            File.WriteAllBytes(file, bytes);
        }

        return epoch;
    }

    private void Overwrite(string text, string with)
    {
        var bytes = File.ReadAllBytes(_files.Database);
        var (old, replacement) = (Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(with));
        var found = 0;
        for (var at = 0; at <= bytes.Length - old.Length; at++)
        {
            if (bytes.AsSpan(at, old.Length).SequenceEqual(old))
            {
                replacement.CopyTo(bytes, at);
                found++;
            }
        }

        Assert.True(found > 0);
        File.WriteAllBytes(_files.Database, bytes);
    }

    private static string Text(ConfigLedger ledger) => Encoding.UTF8.GetString(Assert.Single(ledger.Snapshot.Configs.Values).Content.Span);
}
