using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>What comes from the cloud: the list of deployments, and the contents of their instances.</summary>
/// <param name="generationsKept">Of deployments that were current, the current one included.</param>
internal sealed class DeploymentIntake(LedgerTables tables, DeploymentRollback rollback, int generationsKept)
{
    /// <summary>Lists with news in a row that may leave what they made superfluous.</summary>
    private const int MostUnpruned = 4;

    private int _unpruned;

    /// <summary>Instances of deployments still to be applied whose bytes are not here, each once.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<FetchedDeployment> listed) =>
        [.. listed.Where(NeedsContents).SelectMany(deployment => deployment.Instances).Select(instance => instance.Id).Distinct().Where(IsMissing)];

    /// <summary>Small contents go to the disk with the deployment that needs them, as one transaction; many or large ones before it.</summary>
    public void Keep(KeepContent content)
    {
        tables.Contents.Take(content.InstanceId, content.ContentType, content.Content.ToArray());
        if (!tables.Contents.IsFull)
        {
            return;
        }

        try
        {
            tables.Transact(static () => { });
        }
        catch
        {
            // A disk that takes nothing must not make the memory fill.
            tables.Contents.Release();
            throw;
        }
    }

    public void Refuse(RefuseContent refusal) =>
        tables.Transact(() => tables.Contents.Refuse(refusal.InstanceId, refusal.Code, refusal.Reason));

    /// <summary>
    /// Takes over what the cloud wants; what a deployment is on this device stays our knowledge. A deployment that is no longer listed
    /// is over, unless it is in place and nothing else wants to be.
    /// <para>Contents are pruned here and nowhere else: between their download and this call no deployment names them yet, and whatever
    /// is applied meanwhile must not take them for left-overs. A list with news is not kept waiting for it, unless that has been so a few times.</para>
    /// </summary>
    public void Merge(IReadOnlyList<FetchedDeployment> listed) => tables.Transact(() =>
    {
        rollback.EndIfOvertakenBy(listed);
        var hasNews = false;
        foreach (var fetched in listed)
        {
            hasNews |= Take(fetched);
        }

        RetireAbsent(listed);
        _unpruned = hasNews ? _unpruned + 1 : MostUnpruned;
        if (_unpruned >= MostUnpruned)
        {
            tables.Deployments.Prune(generationsKept);
            tables.Contents.Prune();
            _unpruned = 0;
        }
    });

    private bool Take(FetchedDeployment fetched)
    {
        if (tables.Deployments.Find(fetched.Id) is { } known)
        {
            if (known.Target != fetched.Target || known.Release != fetched.Release)
            {
                tables.Deployments.Save(known with { Target = fetched.Target, Release = fetched.Release });
            }

            return false;
        }

        // Files of a deployment this store never applied are not known to be in place, whatever the cloud remembers.
        var activity = fetched.Activity is DeploymentActivity.Deployed or DeploymentActivity.Removing ? DeploymentActivity.Queued : fetched.Activity;
        tables.Deployments.Add(
            new DeploymentRecord(fetched.Id, fetched.Release, fetched.Target, activity, DeploymentError.None, null, 0, null, null, null), fetched.Instances);
        tables.Events.Add(StoreEventKind.Accepted, fetched.Id, detail: $"release {fetched.Release}");
        return true;
    }

    private void RetireAbsent(IReadOnlyList<FetchedDeployment> listed)
    {
        var names = listed.Select(fetched => fetched.Id).ToHashSet();
        var successor = listed.Any(fetched => fetched.Target == DeploymentTarget.Deployed);
        foreach (var absent in tables.Deployments.All().Where(known => known.Target == DeploymentTarget.Deployed && !names.Contains(known.Id)))
        {
            if (successor || absent.Activity != DeploymentActivity.Deployed)
            {
                tables.Deployments.Save(absent with { Target = DeploymentTarget.Archived });
            }
        }
    }

    private bool NeedsContents(FetchedDeployment fetched) =>
        fetched.Target == DeploymentTarget.Deployed
        && (tables.Deployments.Find(fetched.Id) is not { } known || (known.Activity != DeploymentActivity.Deployed && known.Error != DeploymentError.Failed));

    private bool IsMissing(string instanceId) => tables.Contents.FindInstance(instanceId) switch
    {
        null => true,
        { Digest: { } digest } => !tables.Contents.HasContent(digest),
        _ => false,
    };
}
