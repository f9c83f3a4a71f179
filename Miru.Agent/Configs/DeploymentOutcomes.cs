using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>What became of the deployer's work: each outcome is one transaction, and one report for the cloud.</summary>
internal sealed class DeploymentOutcomes(StoreSettings settings, LedgerTables tables, DeploymentRollback rollback)
{
    /// <summary>The deployment is in place: it becomes current, what was current is archived, and the snapshot advances by one.</summary>
    /// <returns>The snapshot that follows <paramref name="current"/>; null if this was known already.</returns>
    public ConfigSnapshot? Applied(ConfigSnapshot current, DeploymentApplied applied, DateTimeOffset now)
    {
        if (tables.Deployments.Find(applied.DeploymentId) is not { Activity: not DeploymentActivity.Deployed } record)
        {
            return null;
        }

        var configs = applied.Configs.Select(placed => new ConfigVersion(
            placed.Slug, 0, placed.Config.Digest, record.Id, record.Release, placed.Format, placed.Config.FilePath, placed.Config.Content));
        var next = Succession.Next(current, [.. configs], settings.TombstonesKept);
        tables.Transact(() =>
        {
            tables.Snapshots.Save(current, next);
            tables.Snapshots.SetOwnedFiles(applied.Configs.Select(placed => new OwnedFile(placed.Config.FilePath, placed.Config.Digest)).Concat(applied.LeftBehind));
            tables.Journal.End();
            foreach (var replaced in tables.Deployments.All().Where(other => other.Id != record.Id && other.Activity is (DeploymentActivity.Deployed or DeploymentActivity.Removing)))
            {
                tables.Settle(replaced.Settled(DeploymentActivity.Archived), archivedAt: now);
            }

            tables.Settle(record.Settled(DeploymentActivity.Deployed) with { AppliedSequence = next.Sequence }, deployedAt: now);
            tables.Events.Add(StoreEventKind.Applied, record.Id, next.Sequence, $"release {record.Release}");
            tables.Note(record.Id, applied.Notices);
        });
        return next;
    }

    /// <summary>Its files are gone and nothing took their place: no config is current any more.</summary>
    /// <returns>The snapshot that follows <paramref name="current"/>; null if this was known already.</returns>
    public ConfigSnapshot? Withdrawn(ConfigSnapshot current, DeploymentWithdrawn withdrawn, DateTimeOffset now)
    {
        if (tables.Deployments.Find(withdrawn.DeploymentId) is not { Activity: DeploymentActivity.Deployed or DeploymentActivity.Removing } record)
        {
            return null;
        }

        var next = Succession.Next(current, [], settings.TombstonesKept);
        tables.Transact(() =>
        {
            tables.Snapshots.Save(current, next);
            tables.Snapshots.SetOwnedFiles(withdrawn.LeftBehind);
            tables.Journal.End();
            tables.Settle(record.Settled(DeploymentActivity.Archived), archivedAt: now);
            tables.Events.Add(StoreEventKind.Withdrawn, record.Id, next.Sequence);
            tables.Note(record.Id, withdrawn.Notices);
        });
        return next;
    }

    /// <summary>It will never be applied as it is; what was current stays.</summary>
    public void Refused(DeploymentRefused refused)
    {
        if (tables.Deployments.Find(refused.DeploymentId) is { } record)
        {
            var reason = $"{refused.Code}: {refused.Reason}";
            tables.Transact(() =>
            {
                tables.Journal.End();
                tables.Settle(record with { Error = DeploymentError.Failed, Reason = reason, RetryAt = null, RetryWait = null });
                tables.Events.Add(StoreEventKind.Refused, record.Id, detail: reason);
                if (record.Hold == DeploymentHold.Pinned)
                {
                    rollback.End("it cannot be applied any more");
                }
            });
        }
    }

    /// <summary>Nothing of it is staged any more. It is tried again later.</summary>
    public void Failed(DeploymentFailed failed, DateTimeOffset now) => tables.Transact(() =>
    {
        tables.Journal.End();
        Retry(failed.DeploymentId, failed.Reason, now, failed.RetryAfter);
    });

    /// <summary>It is decided, but not all of its files are in place. The decision stands; the switch is tried again later.</summary>
    public void SwitchFailed(SwitchFailed failed, DateTimeOffset now) =>
        tables.Transact(() => Retry(failed.DeploymentId, failed.Reason, now, failed.RetryAfter));

    /// <summary>The cloud put it away and it has no files.</summary>
    public void Archive(DeploymentRecord record, DateTimeOffset now)
    {
        var archived = record.Error == DeploymentError.Failed
            ? record with { Activity = DeploymentActivity.Archived }
            : record.Settled(DeploymentActivity.Archived);
        tables.Transact(() =>
        {
            tables.Settle(archived, archivedAt: now);
            tables.Events.Add(StoreEventKind.Archived, record.Id);
        });
    }

    /// <summary>The cloud hears of the first failure in a row only, so the outbox stays small.</summary>
    private void Retry(string deploymentId, string reason, DateTimeOffset now, TimeSpan wait)
    {
        if (tables.Deployments.Find(deploymentId) is not { } record)
        {
            return;
        }

        var retrying = record.Retrying(reason, now, wait);
        tables.Deployments.Save(retrying);
        if (record.Error != DeploymentError.Retrying)
        {
            tables.Reports.Add(retrying);
            tables.Events.Add(StoreEventKind.Failed, record.Id, detail: reason);
        }
    }
}
