using System.Text;
using Microsoft.Data.Sqlite;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

/// <summary>
/// Stores of every older schema, dumped from files that the agents of their time wrote (<c>Golden/store-vN.sql</c>). When a schema ships, the
/// dump of one of its stores is added there, and never changed.
/// </summary>
public sealed class SchemaMigrationTests : IDisposable
{
    private static readonly DateTimeOffset FarFuture = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<int> OlderVersions => [.. Enumerable.Range(1, Schema.Migrations.Count - 1)];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public void A_store_of_an_older_agent_is_served_as_it_was(int version)
    {
        Restore(version);

        using var ledger = Stores.Open(_directory.FullName);

        Assert.Equal(("52bd26fa011c16bb", 2L), (ledger.Snapshot.Epoch, ledger.Snapshot.Sequence));
        var config = Assert.Single(ledger.Snapshot.Configs.Values);
        Assert.Equal(("motion", 2L, "dpl_2", "v2", "json", "/srv/miru/motion.json"), (config.Slug, config.Sequence, config.DeploymentId, config.Release, config.Format, config.FilePath));
        Assert.Equal("""{"from":"inst_dpl_2_motion"}""", Encoding.UTF8.GetString(config.Content.Span));
        Assert.Equal([KeyValuePair.Create("vision", 2L)], ledger.Snapshot.Tombstones);
    }

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public void What_an_older_agent_was_about_to_do_is_done(int version)
    {
        Restore(version);

        using var ledger = Stores.Open(_directory.FullName);

        var work = Assert.IsType<ApplyDeployment>(ledger.NextWork(FarFuture).Work);
        Assert.Equal(("dpl_3", version), (work.DeploymentId, work.Failures));
        Assert.Equal(["/srv/miru/motion.json", "/srv/miru/map.json"], work.Configs.Select(config => config.FilePath));
        var report = ledger.Reports.Oldest()!;
        Assert.Equal((2L, "dpl_1", DeploymentActivity.Archived), (report.Id, report.DeploymentId, report.Activity));
    }

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public void An_older_agents_generations_can_be_rolled_back_to(int version)
    {
        Restore(version);

        using var ledger = Stores.Open(_directory.FullName);

        Assert.Equal([("dpl_2", 2L, true), ("dpl_1", 1L, true)], ledger.Generations().Select(generation => (generation.DeploymentId, generation.Sequence, generation.IsComplete)));
    }

    /// <summary>Its seals are of another kind, and as good.</summary>
    [Theory]
    [InlineData("UPDATE deployments SET release = 'v9' WHERE id = 'dpl_2'")]
    [InlineData("UPDATE meta SET value = '3' WHERE name = 'sequence'")]
    [InlineData("DELETE FROM current_configs")]
    public void Damage_in_a_store_of_schema_3_is_found(string damage)
    {
        Restore(3);
        Stores.Sql(_directory.FullName, damage);

        using var ledger = ConfigLedger.Open(Stores.Settings(_directory.FullName), TimeProvider.System, out var recovery);

        Assert.NotNull(recovery);
    }

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public void A_migration_that_a_crash_cut_off_begins_again(int version)
    {
        Restore(version);
        var path = _directory.File("store.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            connection.CreateFunction("seal", (object?[] _) => 0L);
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA cache_size = 1; PRAGMA cache_spill = ON; BEGIN IMMEDIATE;");
            Execute(connection, Schema.Migrations[version]);

            // What a power cut would leave: the files while the transaction is open.
            foreach (var file in StoreFiles.Of(path).Where(File.Exists))
            {
                File.Copy(file, file.Replace("store.db", "crashed.db"));
            }
        }

        foreach (var file in StoreFiles.Of(path))
        {
            File.Delete(file);
            if (File.Exists(file.Replace("store.db", "crashed.db")))
            {
                File.Move(file.Replace("store.db", "crashed.db"), file);
            }
        }

        using var ledger = ConfigLedger.Open(Stores.Settings(_directory.FullName), TimeProvider.System, out var recovery);

        Assert.Null(recovery);
        Assert.Equal(2, ledger.Snapshot.Sequence);
    }

    [Fact]
    public void A_store_of_a_newer_agent_is_refused_with_both_versions_and_left_as_it_is()
    {
        Stores.Open(_directory.FullName).Dispose();
        var newer = Schema.Migrations.Count + 1;
        Stores.Sql(_directory.FullName, $"""
            UPDATE meta SET value = '{newer}:0', seal = {RowSeal.Of("meta", ["schema", $"{newer}:0"])} WHERE name = 'schema';
            CREATE TABLE of_tomorrow (id INTEGER);
            PRAGMA user_version = {newer};
            """);

        var before = File.ReadAllBytes(_directory.File("store.db"));

        var refused = Assert.Throws<StoreException>(() => Stores.Open(_directory.FullName));

        Assert.Contains($"schema {newer}, this one knows {Schema.Migrations.Count}", refused.Message);
        Assert.Equal(before, File.ReadAllBytes(_directory.File("store.db")));
        Assert.False(Directory.Exists(_directory.File("quarantine")));
    }

    [Fact]
    public void A_damaged_version_number_is_not_taken_for_a_newer_agent()
    {
        Stores.Open(_directory.FullName).Dispose();
        Stores.Sql(_directory.FullName, "PRAGMA user_version = 99");

        using var ledger = ConfigLedger.Open(Stores.Settings(_directory.FullName), TimeProvider.System, out var recovery);

        Assert.NotNull(recovery);
    }

    private void Restore(int version)
    {
        using var stream = typeof(SchemaMigrationTests).Assembly.GetManifestResourceStream($"golden.store-v{version}.sql")!;
        using var dump = new StreamReader(stream);
        Stores.Sql(_directory.FullName, dump.ReadToEnd());
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
