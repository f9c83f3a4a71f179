using Microsoft.Data.Sqlite;
using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>Deployments and the configs they consist of.</summary>
internal sealed class DeploymentTable(ConfigDatabase database)
{
    private const string Columns = "id, release, target, activity, error, reason, failures, retry_at, applied_sequence, retry_wait";

    public IReadOnlyList<DeploymentRecord> All() => database.Query($"SELECT {Columns} FROM deployments ORDER BY id", Read);

    public DeploymentRecord? Find(string id) =>
        database.Query($"SELECT {Columns} FROM deployments WHERE id = $id", Read, ("$id", id)).SingleOrDefault();

    public IReadOnlyList<FetchedInstance> InstancesOf(string id) => database.Query(
        "SELECT instance_id, config_type_name, file_path FROM deployment_configs WHERE deployment_id = $id ORDER BY position",
        row => new FetchedInstance(row.GetString(0), row.GetString(1), row.GetString(2)),
        ("$id", id));

    public void Add(DeploymentRecord deployment, IReadOnlyList<FetchedInstance> instances)
    {
        Save(deployment);
        for (var i = 0; i < instances.Count; i++)
        {
            database.Execute(
                "INSERT INTO deployment_configs VALUES ($id, $position, $instance, $name, $path)",
                ("$id", deployment.Id), ("$position", i), ("$instance", instances[i].Id), ("$name", instances[i].ConfigTypeName), ("$path", instances[i].FilePath));
        }
    }

    public void Save(DeploymentRecord deployment) => database.Execute(
        $"""
        INSERT INTO deployments ({Columns}) VALUES ($id, $release, $target, $activity, $error, $reason, $failures, $retry, $sequence, $wait)
        ON CONFLICT (id) DO UPDATE SET release = $release, target = $target, activity = $activity, error = $error, reason = $reason,
            failures = $failures, retry_at = $retry, applied_sequence = $sequence, retry_wait = $wait
        """,
        ("$id", deployment.Id), ("$release", deployment.Release), ("$target", deployment.Target.Word()),
        ("$activity", deployment.Activity.Word()), ("$error", deployment.Error.Word()), ("$reason", deployment.Reason),
        ("$failures", deployment.Failures), ("$retry", deployment.RetryAt?.ToUnixTimeMilliseconds()), ("$sequence", deployment.AppliedSequence),
        ("$wait", (long?)deployment.RetryWait?.TotalMilliseconds));

    /// <summary>Forgets archived deployments, except the generations that were current last.</summary>
    public void Prune(int generationsKept) => database.Execute(
        """
        DELETE FROM deployments WHERE activity = 'archived' AND target = 'archived' AND id NOT IN (
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
        row.IsDBNull(8) ? null : row.GetInt64(8));
}
