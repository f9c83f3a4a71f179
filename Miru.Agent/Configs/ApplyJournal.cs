using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>
/// What makes an apply of several files all or nothing: the intent, written before a file is staged, and the decision, written when all
/// are and before one is renamed. It is forgotten in the transaction that makes the snapshot current. One apply at a time.
/// </summary>
internal sealed class ApplyJournal(ConfigDatabase database)
{
    public JournaledApply? Read()
    {
        var found = database.Query("SELECT deployment_id, committed FROM applies", row => (DeploymentId: row.GetString(0), Committed: row.GetBoolean(1)));
        return found.Count == 0 ? null : new JournaledApply(found[0].DeploymentId, found[0].Committed, Files());
    }

    /// <summary>Writes the intent to stage these files.</summary>
    public void Begin(string deploymentId, IEnumerable<DeploymentConfig> configs)
    {
        End();
        database.Execute("INSERT INTO applies VALUES ($deployment, 0)", ("$deployment", deploymentId));
        Save(configs.Select(config => new JournaledFile(config.FilePath, config.Digest, true, "", "", config.ConfigTypeName, config.ContentType)));
    }

    /// <summary>Writes the decision: from here on the apply is finished, whatever happens.</summary>
    public void Commit(DeploymentStaged staged)
    {
        database.Execute("UPDATE applies SET committed = 1; DELETE FROM apply_files");
        Save(staged.Configs.Zip(staged.Plan.Files, (placed, file) => new JournaledFile(
            file.Path, file.Digest, file.Staged, placed.Slug, placed.Format, placed.Config.ConfigTypeName, placed.Config.ContentType)));
    }

    public void End() => database.Execute("DELETE FROM applies; DELETE FROM apply_files");

    private IReadOnlyList<JournaledFile> Files() => database.Query(
        "SELECT path, digest, staged, slug, format, config_type_name, content_type FROM apply_files ORDER BY position",
        row => new JournaledFile(
            row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetString(3), row.GetString(4), row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6)));

    private void Save(IEnumerable<JournaledFile> files)
    {
        foreach (var file in files)
        {
            database.Execute(
                "INSERT INTO apply_files (path, digest, staged, slug, format, config_type_name, content_type) VALUES ($path, $digest, $staged, $slug, $format, $name, $type)",
                ("$path", file.Path), ("$digest", file.Digest), ("$staged", file.Staged), ("$slug", file.Slug), ("$format", file.Format),
                ("$name", file.ConfigTypeName), ("$type", file.ContentType));
        }
    }
}
