using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>The outbox of status reports, oldest first.</summary>
internal sealed class ReportTable(ConfigDatabase database)
{
    public bool IsEmpty => database.Query("SELECT 1 FROM reports LIMIT 1", _ => true).Count == 0;

    public StatusReport? Oldest() => database.Query(
        "SELECT id, deployment_id, activity, error, deployed_at, archived_at FROM reports ORDER BY id LIMIT 1",
        row => new StatusReport(
            row.GetInt64(0),
            row.GetString(1),
            DeploymentWords.Read<DeploymentActivity>(row.GetString(2)),
            DeploymentWords.Read<DeploymentError>(row.GetString(3)),
            row.IsDBNull(4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
            row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)))).SingleOrDefault();

    /// <summary>Appends where the deployment stands now.</summary>
    public void Add(DeploymentRecord deployment, DateTimeOffset? deployedAt = null, DateTimeOffset? archivedAt = null) => database.Execute(
        "INSERT INTO reports (deployment_id, activity, error, deployed_at, archived_at) VALUES ($id, $activity, $error, $deployed, $archived)",
        ("$id", deployment.Id), ("$activity", deployment.Activity.Word()), ("$error", deployment.Error.Word()),
        ("$deployed", deployedAt?.ToUnixTimeMilliseconds()), ("$archived", archivedAt?.ToUnixTimeMilliseconds()));

    public void Remove(long id) => database.Execute("DELETE FROM reports WHERE id = $id", ("$id", id));
}
