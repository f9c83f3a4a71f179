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

    private SortedList<string, DeploymentRecord>? _known;
    private (string Id, IReadOnlyList<FetchedInstance> Instances) _added = ("", []);

    /// <summary>All of them by id. The table has one writer, so it is read once.</summary>
    private SortedList<string, DeploymentRecord> Known => _known ??= Load();

    public IReadOnlyList<DeploymentRecord> All() => [.. Known.Values];

    public DeploymentRecord? Find(string id) => Known.GetValueOrDefault(id);

    /// <exception cref="StoreDamageException">They are not as many as there were.</exception>
    public IReadOnlyList<FetchedInstance> InstancesOf(DeploymentRecord deployment)
    {
        if (deployment.Id == _added.Id)
        {
            return _added.Instances;
        }

        var instances = Configs.Read(
            database,
            "WHERE deployment_id = ? ORDER BY position",
            row => new FetchedInstance(row.GetString(2), row.GetString(3), row.GetString(4)),
            deployment.Id);
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

        _added = (deployment.Id, instances);
    }

    public void Save(DeploymentRecord deployment)
    {
        Deployments.Save(
            database, deployment.Id, deployment.Release, deployment.Target.Word(), deployment.Activity.Word(), deployment.Error.Word(), deployment.Reason,
            deployment.Failures, deployment.RetryAt?.ToUnixTimeMilliseconds(), deployment.AppliedSequence, (long?)deployment.RetryWait?.TotalMilliseconds, deployment.ConfigCount, deployment.Hold.Word());
        Known[deployment.Id] = deployment;
    }

    /// <summary>Forgets archived deployments, except the generations that were current last and what a rollback holds.</summary>
    public void Prune(int generationsKept)
    {
        var all = All();
        var generations = all.Where(record => record.AppliedSequence is not null).ToList();
        generations.Sort((one, other) => other.AppliedSequence!.Value.CompareTo(one.AppliedSequence!.Value));
        var never = all.Where(record => record.AppliedSequence is null);
        foreach (var gone in generations.Skip(generationsKept).Concat(never).Where(record => record.IsOver))
        {
            database.Execute("DELETE FROM deployments WHERE id = ?", gone.Id);
            Known.Remove(gone.Id);
        }
    }

    /// <summary>What was written last was taken back.</summary>
    public void Forget() => (_known, _added) = (null, ("", []));

    private SortedList<string, DeploymentRecord> Load()
    {
        var known = new SortedList<string, DeploymentRecord>(StringComparer.Ordinal);
        Deployments.ForEach(database, "", row => known[row.GetString(0)] = Read(row));
        return known;
    }

    private static DeploymentRecord Read(StoredRow row) => new(
        row.GetString(0),
        row.GetString(1),
        DeploymentWords.Read<DeploymentTarget>(row.GetString(2)),
        DeploymentWords.Read<DeploymentActivity>(row.GetString(3)),
        DeploymentWords.Read<DeploymentError>(row.GetString(4)),
        row.GetText(5),
        row.GetInt32(6),
        row.IsNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        row.IsNull(9) ? null : TimeSpan.FromMilliseconds(row.GetInt64(9)),
        row.IsNull(8) ? null : row.GetInt64(8),
        row.GetInt32(10),
        DeploymentWords.Read<DeploymentHold>(row.GetString(11)));
}
