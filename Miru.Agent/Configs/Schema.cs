namespace Miru.Agent.Configs;

/// <summary>
/// The store's schema as a list of steps: <c>Migrations/n.sql</c> leads from version n-1 to n. Steps that shipped never change, and a store
/// of every version is kept in the tests.
/// </summary>
internal static class Schema
{
    public static IReadOnlyList<string> Migrations { get; } = [Read("1"), Read("2"), Read("3"), Read("4")];

    /// <summary>Every table but the contents, which their digests check; parents before children.</summary>
    public static IReadOnlyList<SealedTable> SealedTables { get; } =
    [
        MetaTable.Table, ContentTable.Instances, DeploymentTable.Deployments, DeploymentTable.Configs,
        SnapshotTable.Configs, SnapshotTable.Tombstones, SnapshotTable.Owned, ReportTable.Table, EventTable.Table, ApplyJournal.Applies, ApplyJournal.FilesTable,
    ];

    private static string Read(string version)
    {
        using var stream = typeof(Schema).Assembly.GetManifestResourceStream($"migrations.{version}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
