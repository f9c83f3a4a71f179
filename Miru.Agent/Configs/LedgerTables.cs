namespace Miru.Agent.Configs;

/// <summary>The tables of one open store, for the parts of the ledger to share.</summary>
internal sealed class LedgerTables
{
    public LedgerTables(ConfigDatabase database)
    {
        Database = database;
        Deployments = new DeploymentTable(database);
        Contents = new ContentTable(database);
        Snapshots = new SnapshotTable(database, Contents);
        Reports = new ReportTable(database);
        Journal = new ApplyJournal(database);
    }

    public ConfigDatabase Database { get; }

    public DeploymentTable Deployments { get; }

    public ContentTable Contents { get; }

    public SnapshotTable Snapshots { get; }

    public ReportTable Reports { get; }

    public ApplyJournal Journal { get; }

    /// <summary>Where a deployment has come to, together with the report of it.</summary>
    public void Settle(DeploymentRecord record, DateTimeOffset? deployedAt = null, DateTimeOffset? archivedAt = null)
    {
        Deployments.Save(record);
        Reports.Add(record, deployedAt, archivedAt);
    }
}
