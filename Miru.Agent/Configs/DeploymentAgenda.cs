using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>What is to be done next, from what the store knows.</summary>
internal sealed class DeploymentAgenda(LedgerTables tables, DeploymentOutcomes outcomes, ApplyProgress progress)
{
    /// <summary>Deployments that are current, wanted, or in trouble.</summary>
    public IReadOnlyList<DeploymentRecord> Concerning() => [.. tables.Deployments.All().Where(record =>
        record.Target == DeploymentTarget.Deployed || record.Activity is DeploymentActivity.Deployed or DeploymentActivity.Removing || record.Error != DeploymentError.None)];

    /// <summary>
    /// The next command for the deployer. What needs no files (archiving, refusing for a content that cannot be had) is done on the way.
    /// </summary>
    public WorkPlan NextWork(DateTimeOffset now)
    {
        var all = tables.Deployments.All();
        var plan = DeploymentMachine.Plan([.. all.Select(record => record.State)], now);
        DateTimeOffset? retryAt = null;
        foreach (var record in all)
        {
            if (plan.StepOf(record.State) == DeploymentStep.Wait && record.RetryAt > now && !(record.RetryAt > retryAt))
            {
                retryAt = record.RetryAt;
            }
        }

        return new WorkPlan(FirstWork(all, plan), retryAt, plan.Conflict);
    }

    private DeploymentCommand? FirstWork(IReadOnlyList<DeploymentRecord> all, DeploymentPlan plan)
    {
        if (tables.Journal.Read() is { } unfinished)
        {
            // First things first: whatever comes next finds the files in one state.
            return Finish(unfinished, all, plan);
        }

        foreach (var record in all.Where(record => plan.StepOf(record.State) == DeploymentStep.Archive))
        {
            outcomes.Archive(record, plan.Now);
        }

        foreach (var record in all)
        {
            DeploymentCommand? work = plan.StepOf(record.State) switch
            {
                DeploymentStep.Deploy => WorkToApply(record),
                DeploymentStep.Withdraw => progress.BeginWithdrawal(record),
                _ => null,
            };
            if (work is not null)
            {
                return work;
            }
        }

        return null;
    }

    /// <summary>A decided apply is carried out when its retry is due, unless the cloud has decided otherwise since.</summary>
    private DeploymentCommand? Finish(JournaledApply unfinished, IReadOnlyList<DeploymentRecord> all, DeploymentPlan plan)
    {
        var record = all.FirstOrDefault(record => record.Id == unfinished.DeploymentId);
        var superseded = record?.WantedTarget != DeploymentTarget.Deployed || all.Any(other => other.Id != record.Id && plan.StepOf(other.State) == DeploymentStep.Deploy);
        return unfinished.Committed && superseded ? progress.Back(unfinished)
            : unfinished.Committed && record!.RetryAt > plan.Now ? null
            : progress.Recovery();
    }

    private ApplyDeployment? WorkToApply(DeploymentRecord record)
    {
        var configs = new List<DeploymentConfig>();
        foreach (var instance in tables.Deployments.InstancesOf(record))
        {
            var found = tables.Contents.FindInstance(instance.Id);
            if (found?.RefusalCode is { } code)
            {
                outcomes.Refused(new DeploymentRefused(0, record.Id, code, $"'{instance.ConfigTypeName}' ({instance.FilePath}) {found.RefusalReason}"));
                return null;
            }

            if (found?.Digest is not { } digest || tables.Contents.Read(digest) is not { } bytes)
            {
                return null;
            }

            configs.Add(new DeploymentConfig(instance.ConfigTypeName, instance.FilePath, found.ContentType, digest, bytes));
        }

        return progress.Begin(record, configs);
    }
}
