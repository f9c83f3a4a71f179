using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>The outbox of status reports, oldest first: told to the cloud in this order, deleted when it has answered.</summary>
internal sealed class ReportTable(ConfigDatabase database)
{
    public static readonly SealedTable Table = new("reports", ["deployment_id", "activity", "error", "deployed_at", "archived_at"], NumberedBy: "id");

    public bool IsEmpty => database.Query("SELECT 1 FROM reports LIMIT 1", _ => true).Count == 0;

    public StatusReport? Oldest() => Table.Read(
        database,
        "ORDER BY id LIMIT 1",
        row => new StatusReport(
            row.GetInt64(Table.NumberColumn),
            row.GetString(0),
            DeploymentWords.Read<DeploymentActivity>(row.GetString(1)),
            DeploymentWords.Read<DeploymentError>(row.GetString(2)),
            row.IsNull(3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            row.IsNull(4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)))).SingleOrDefault();

    /// <summary>Appends where the deployment stands now.</summary>
    public void Add(DeploymentRecord deployment, DateTimeOffset? deployedAt = null, DateTimeOffset? archivedAt = null) => Table.Save(
        database, deployment.Id, deployment.Activity.Word(), deployment.Error.Word(), deployedAt?.ToUnixTimeMilliseconds(), archivedAt?.ToUnixTimeMilliseconds());

    public void Remove(long id) => database.Execute("DELETE FROM reports WHERE id = ?", id);
}
