using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>
/// What makes an apply of several files all or nothing: the intent, written before a file is staged, and the decision, written when all
/// are and before one is renamed. It is forgotten in the transaction that makes the snapshot current. One apply at a time.
/// </summary>
internal sealed class ApplyJournal(ConfigDatabase database)
{
    public static readonly SealedTable Applies = new("applies", ["deployment_id", "committed", "file_count"]);

    public static readonly SealedTable FilesTable = new(
        "apply_files", ["path", "digest", "staged", "slug", "format", "config_type_name", "content_type"], NumberedBy: "position");

    private JournaledApply? _apply;
    private bool _isKnown;

    /// <exception cref="StoreDamageException">Its files are not as many as there were.</exception>
    public JournaledApply? Read()
    {
        if (!_isKnown)
        {
            _apply = Load();
            _isKnown = true;
        }

        return _apply;
    }

    /// <summary>Writes the intent to stage these files.</summary>
    public void Begin(string deploymentId, IEnumerable<DeploymentConfig> configs) => Write(
        deploymentId,
        committed: false,
        [.. configs.Select(config => new JournaledFile(config.FilePath, config.Digest, true, "", "", config.ConfigTypeName, config.ContentType))]);

    /// <summary>Writes the decision: from here on the apply is finished, whatever happens.</summary>
    public void Commit(DeploymentStaged staged) => Write(
        staged.DeploymentId,
        committed: true,
        [
            .. staged.Configs.Zip(staged.Plan.Files, (placed, file) => new JournaledFile(
                file.Path, file.Digest, file.Staged, placed.Slug, placed.Format, placed.Config.ConfigTypeName, placed.Config.ContentType)),
        ]);

    public void End()
    {
        if (Read() is not null)
        {
            Clear();
        }
    }

    /// <summary>Gives up an apply whatever is left of it.</summary>
    public void Clear()
    {
        database.Execute("DELETE FROM applies");
        database.Execute("DELETE FROM apply_files");
        (_apply, _isKnown) = (null, true);
    }

    /// <summary>What was written last was taken back.</summary>
    public void Forget() => _isKnown = false;

    private JournaledApply? Load()
    {
        var found = Applies.Read(database, "", row => new Head(row.GetString(0), row.GetBoolean(1), row.GetInt32(2)));
        if (found.Count == 0)
        {
            return null;
        }

        var files = FilesTable.Read(
            database,
            "ORDER BY position",
            row => new JournaledFile(
                row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetText(6)));
        return files.Count == found[0].Files
            ? new JournaledApply(found[0].DeploymentId, found[0].Committed, files)
            : throw new StoreDamageException($"its journal has {files.Count} of {found[0].Files} files");
    }

    private void Write(string deploymentId, bool committed, IReadOnlyList<JournaledFile> files)
    {
        End();
        Applies.Save(database, deploymentId, committed ? 1 : 0, files.Count);
        foreach (var file in files)
        {
            FilesTable.Save(database, file.Path, file.Digest, file.Staged ? 1 : 0, file.Slug, file.Format, file.ConfigTypeName, file.ContentType);
        }

        (_apply, _isKnown) = (new JournaledApply(deploymentId, committed, files), true);
    }

    private sealed record Head(string DeploymentId, bool Committed, int Files);
}
