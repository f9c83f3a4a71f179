using System.Globalization;
using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>
/// Rolling back: an earlier generation is wanted, above the cloud's targets, until the cloud names a deployment that it did not name when
/// somebody rolled back. The generation is then applied like any other deployment: a new sequence, a report, an event.
/// </summary>
internal sealed class DeploymentRollback(LedgerTables tables)
{
    /// <summary>What was current and is still known, newest first.</summary>
    public IReadOnlyList<Generation> Generations() =>
    [
        .. tables.Deployments.All()
            .Where(record => record.AppliedSequence is not null)
            .OrderByDescending(record => record.AppliedSequence)
            .Select(record => new Generation(record.Id, record.Release, record.AppliedSequence!.Value, record.Activity, record.Hold, IsComplete(record))),
    ];

    /// <summary>Records the wish; durable when it returns.</summary>
    /// <param name="to">A deployment's id or the sequence at which it became current; null for the one before the current one.</param>
    /// <param name="requestId">The request that this carries out; one that was carried out already changes nothing.</param>
    public RollbackResult Request(string? to, string requestId)
    {
        if (tables.Meta.All().GetValueOrDefault(MetaTable.LastRequest) == requestId)
        {
            return new RollbackResult(null, "This request was carried out already.");
        }

        if (Find(to, out var problem) is not { } generation)
        {
            return new RollbackResult(null, problem);
        }

        var followsCloud = false;
        tables.Transact(() =>
        {
            followsCloud = Pin(generation.DeploymentId);
            tables.Meta.Set(MetaTable.LastRequest, requestId);
            tables.Events.Add(StoreEventKind.RolledBack, generation.DeploymentId, generation.Sequence, $"release {generation.Release}");
        });
        return new RollbackResult(generation.DeploymentId, followsCloud
            ? $"Back to {generation.DeploymentId} (release {generation.Release}), which is what the cloud wants."
            : $"Rolling back to {generation.DeploymentId} (release {generation.Release}); it stays until the cloud names another deployment.");
    }

    /// <summary>The cloud names a deployment that nobody on this device decided against: it leads again.</summary>
    public void EndIfOvertakenBy(IEnumerable<FetchedDeployment> listed)
    {
        if (tables.Deployments.All().All(record => record.Hold == DeploymentHold.None))
        {
            return;
        }

        var overtaking = listed.FirstOrDefault(fetched =>
            fetched.Target == DeploymentTarget.Deployed && tables.Deployments.Find(fetched.Id)?.Hold != DeploymentHold.Held);
        if (overtaking is not null)
        {
            End($"the cloud names {overtaking.Id}");
        }
    }

    /// <summary>The device follows the cloud again. Part of a transaction.</summary>
    public void End(string why)
    {
        foreach (var record in tables.Deployments.All().Where(record => record.Hold != DeploymentHold.None))
        {
            tables.Deployments.Save(record with { Hold = DeploymentHold.None });
        }

        tables.Events.Add(StoreEventKind.RollbackEnded, detail: why);
    }

    private bool Pin(string id)
    {
        var all = tables.Deployments.All();
        var followsCloud = all.Single(record => record.Id == id).Target == DeploymentTarget.Deployed;
        foreach (var record in all)
        {
            var hold = followsCloud ? DeploymentHold.None
                : record.Id == id ? DeploymentHold.Pinned
                : record.Target == DeploymentTarget.Deployed || record.Hold == DeploymentHold.Held ? DeploymentHold.Held
                : DeploymentHold.None;

            // Whoever asks for it wants it tried now, whatever became of earlier attempts.
            tables.Deployments.Save(record.Id == id ? record.Settled(record.Activity) with { Hold = hold } : record with { Hold = hold });
        }

        return followsCloud;
    }

    private Generation? Find(string? to, out string problem)
    {
        var generations = Generations();
        var current = generations.FirstOrDefault(generation => generation.IsCurrent);
        var found = to is null
            ? generations.FirstOrDefault(generation => generation != current && (current is null || generation.Sequence < current.Sequence))
            : generations.FirstOrDefault(generation => generation.DeploymentId == to || generation.Sequence.ToString(CultureInfo.InvariantCulture) == to);
        problem = (found, to) switch
        {
            (null, null) => "No earlier deployment is kept on this device.",
            (null, _) => $"'{to}' is no deployment or sequence that is kept on this device; --list shows them.",
            ({ IsComplete: false }, _) => $"Contents of {found.DeploymentId} are missing on this device; it can only be had from the cloud.",
            _ when found == current && IsWanted(found) => $"{found.DeploymentId} is current already.",
            _ => "",
        };
        return problem.Length == 0 ? found : null;
    }

    /// <summary>One that is current and about to be replaced may be asked for.</summary>
    private bool IsWanted(Generation generation) =>
        tables.Deployments.Find(generation.DeploymentId)!.WantedTarget == DeploymentTarget.Deployed
        && !tables.Deployments.All().Any(other => other.Id != generation.DeploymentId && other.WantedTarget == DeploymentTarget.Deployed);

    private bool IsComplete(DeploymentRecord record) => tables.Deployments.InstancesOf(record)
        .All(instance => tables.Contents.FindInstance(instance.Id)?.Digest is { } digest && tables.Contents.HasContent(digest));
}
