using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Configs;

/// <summary>Where the apply under way stands, and what that asks of the deployer.</summary>
internal sealed class ApplyProgress(LedgerTables tables)
{
    /// <summary>Begins an attempt: the intent is durable when it returns.</summary>
    public ApplyDeployment Begin(DeploymentRecord record, IReadOnlyList<DeploymentConfig> configs)
    {
        tables.Transact(() => tables.Journal.Begin(record.Id, configs));
        return new ApplyDeployment(record.Id, configs, tables.Snapshots.OwnedFiles(), record.Failures);
    }

    /// <summary>Begins a removal. Should the cloud want the deployment back half-way, it is applied anew and not believed to be in place.</summary>
    public WithdrawDeployment BeginWithdrawal(DeploymentRecord record)
    {
        tables.Transact(() =>
        {
            tables.Journal.Begin(record.Id, []);
            tables.Deployments.Save(record with { Activity = DeploymentActivity.Removing });
        });
        return new WithdrawDeployment(record.Id, tables.Snapshots.OwnedFiles(), record.Failures);
    }

    /// <summary>Everything is staged: the decision to switch is durable when it returns.</summary>
    public SwitchDeployment Commit(DeploymentStaged staged)
    {
        tables.Transact(() => tables.Journal.Commit(staged));
        return new SwitchDeployment(staged.DeploymentId, staged.Configs, staged.Plan, Recovering: false, staged.Failures);
    }

    /// <summary>
    /// What brings the files out of the state in which another life of the agent, or a failed attempt, has left them: forward where the
    /// decision was made, back where it was not. Null where no apply is under way.
    /// </summary>
    public DeploymentCommand? Recovery() => tables.Journal.Read() switch
    {
        { Committed: true } apply => Forward(apply) ?? Back(apply),
        { } apply => Back(apply),
        null => null,
    };

    /// <summary>Gives the apply up: what is staged for it is taken away. After the decision that is for one that replaces it.</summary>
    public DeploymentCommand Back(JournaledApply apply) =>
        new RollBackDeployment(apply.DeploymentId, [.. apply.Files.Select(file => new OwnedFile(file.Path, file.Digest))]);

    /// <summary>
    /// Nothing is staged any more. If it was decided, some of its files may stand: they are ours, and what was in place before is applied
    /// anew unless something else takes its place.
    /// </summary>
    public void RolledBack(DeploymentRolledBack back) => tables.Transact(() =>
    {
        if (tables.Journal.Read() is { Committed: true })
        {
            tables.Snapshots.SetOwnedFiles([.. back.Standing, .. tables.Snapshots.OwnedFiles()]);
            foreach (var mixed in tables.Deployments.All().Where(record => record.Activity == DeploymentActivity.Deployed))
            {
                tables.Deployments.Save(mixed with { Activity = DeploymentActivity.Removing });
            }
        }

        tables.Journal.End();
    });

    /// <summary>Null if bytes of the deployment are lost: it cannot be served, so it is fetched and applied anew.</summary>
    private SwitchDeployment? Forward(JournaledApply apply)
    {
        var configs = new List<PlacedConfig>(apply.Files.Count);
        foreach (var file in apply.Files)
        {
            if (tables.Contents.Read(file.Digest) is not { } bytes)
            {
                return null;
            }

            configs.Add(new PlacedConfig(file.Slug, file.Format, new DeploymentConfig(file.ConfigTypeName, file.Path, file.ContentType, file.Digest, bytes)));
        }

        var plan = new SwitchPlan(
            [.. apply.Files.Select(file => new PlannedFile(file.Path, file.Digest, file.Staged))],
            [.. tables.Snapshots.OwnedFiles().ExceptBy(apply.Files.Select(file => file.Path), owned => owned.Path)]);
        var failures = tables.Deployments.Find(apply.DeploymentId)?.Failures ?? 0;
        return new SwitchDeployment(apply.DeploymentId, configs, plan, Recovering: true, failures);
    }
}
