using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>What the store has to do with drifted files: it knows what they should hold and when nobody else is at them, and keeps the event log.</summary>
internal sealed class DriftLedger(LedgerTables tables)
{
    /// <summary>What the current configs' files should hold.</summary>
    public static IReadOnlyList<OwnedFile> Files(ConfigSnapshot snapshot) =>
        [.. snapshot.Configs.Values.Select(config => new OwnedFile(config.FilePath, config.Digest))];

    /// <summary>The check of these files; null if they are not current any more, or an unfinished apply may be the reason for how they look.</summary>
    public RestoreFiles? Check(ConfigSnapshot current, CheckSuspects suspected)
    {
        if (tables.Journal.Read() is not null)
        {
            return null;
        }

        var configs = current.Configs.Values.ToDictionary(config => config.FilePath, StringComparer.Ordinal);
        var files = suspected.Files.Where(suspect => configs.ContainsKey(suspect.Path))
            .Select(suspect => (suspect, new WantedFile(suspect.Path, configs[suspect.Path].Digest, configs[suspect.Path].Content))).ToList();
        return files.Count == 0 ? null : new RestoreFiles(configs[files[0].suspect.Path].DeploymentId, files);
    }

    /// <summary>Writes down what was found and done.</summary>
    public void Checked(FilesRestored restored)
    {
        var happened = restored.Findings.Where(finding => finding.Look.Drift is not null && (finding.Suspect.IsNews || finding.Repaired)).ToList();
        if (happened.Count == 0)
        {
            return;
        }

        tables.Transact(() =>
        {
            foreach (var finding in happened)
            {
                if (finding.Suspect.IsNews)
                {
                    var failure = finding.Failure is { } reason ? $"; not put back: {reason.Message}" : "";
                    tables.Events.Add(StoreEventKind.Drifted, restored.DeploymentId, detail: $"{finding.Look.Drift!.Value.Word()}: {finding.Suspect.Path}{failure}");
                }

                if (finding.Repaired)
                {
                    tables.Events.Add(StoreEventKind.Repaired, restored.DeploymentId, detail: finding.Suspect.Path);
                }
            }

            tables.Note(restored.DeploymentId, restored.Notices);
        });
    }

    /// <summary>Writes down that somebody else brought files back to what was deployed.</summary>
    public void Healed(ConfigSnapshot current, FilesHealed healed) => tables.Transact(() =>
    {
        foreach (var config in current.Configs.Values.Where(config => healed.Paths.Contains(config.FilePath)))
        {
            tables.Events.Add(StoreEventKind.Repaired, config.DeploymentId, detail: $"{config.FilePath}, by somebody else");
        }
    });
}
