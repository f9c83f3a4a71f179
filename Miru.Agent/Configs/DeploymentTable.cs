using Microsoft.Data.Sqlite;
using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>Deployments and the configs they consist of.</summary>
internal sealed class DeploymentTable(ConfigDatabase database)
{
    public static readonly SealedTable Deployments = new(
        "deployments",
        ["id", "release", "target", "activity", "error", "reason", "failures", "retry_at", "applied_sequence", "retry_wait", "config_count", "hold"]);

    public static readonly SealedTable Configs = new(
        "deployment_configs", ["deployment_id", "position", "instance_id", "config_type_name", "file_path"]);

    public IReadOnlyList<DeploymentRecord> All() => Deployments.Read(database, "ORDER BY id", Read);

    public DeploymentRecord? Find(string id) => Deployments.Read(database, "WHERE id = $id", Read, ("$id", id)).SingleOrDefault();

    /// <exception cref="StoreDamageException">They are not as many as there were.</exception>
    public IReadOnlyList<FetchedInstance> InstancesOf(DeploymentRecord deployment)
    {
        var instances = Configs.Read(
            database,
            "WHERE deployment_id = $id ORDER BY position",
            row => new FetchedInstance(row.GetString(2), row.GetString(3), row.GetString(4)),
            ("$id", deployment.Id));
        return instances.Count == deployment.ConfigCount
            ? instances
            : throw new StoreDamageException($"deployment {deployment.Id} has {instances.Count} of its {deployment.ConfigCount} configs");
    }

    public void Add(DeploymentRecord deployment, IReadOnlyList<FetchedInstance> instances)
    {
        Save(deployment with { ConfigCount = instances.Count });
        for (var i = 0; i < instances.Count; i++)
        {
            Configs.Save(database, deployment.Id, i, instances[i].Id, instances[i].ConfigTypeName, instances[i].FilePath);
        }
    }

    public void Save(DeploymentRecord deployment) => Deployments.Save(
        database, deployment.Id, deployment.Release, deployment.Target.Word(), deployment.Activity.Word(), deployment.Error.Word(), deployment.Reason,
        deployment.Failures, deployment.RetryAt?.ToUnixTimeMilliseconds(), deployment.AppliedSequence, (long?)deployment.RetryWait?.TotalMilliseconds, deployment.ConfigCount, deployment.Hold.Word());

    /// <summary>Forgets archived deployments, except the generations that were current last and what a rollback holds.</summary>
    public void Prune(int generationsKept) => database.Execute(
        """
        DELETE FROM deployments WHERE activity = 'archived' AND target = 'archived' AND hold = 'none' AND id NOT IN (
            SELECT id FROM deployments WHERE applied_sequence IS NOT NULL ORDER BY applied_sequence DESC LIMIT $kept)
        """,
        ("$kept", generationsKept));

    private static DeploymentRecord Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        DeploymentWords.Read<DeploymentTarget>(row.GetString(2)),
        DeploymentWords.Read<DeploymentActivity>(row.GetString(3)),
        DeploymentWords.Read<DeploymentError>(row.GetString(4)),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.GetInt32(6),
        row.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        row.IsDBNull(9) ? null : TimeSpan.FromMilliseconds(row.GetInt64(9)),
        row.IsDBNull(8) ? null : row.GetInt64(8),
        row.GetInt32(10),
        DeploymentWords.Read<DeploymentHold>(row.GetString(11)));
}
