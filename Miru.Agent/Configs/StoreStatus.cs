using Miru.Agent.Health;

namespace Miru.Agent.Configs;

/// <summary>What the status shows of the store.</summary>
internal static class StoreStatus
{
    /// <param name="problem">Why its disk takes no writes; null while it does.</param>
    public static StoreReported Of(ConfigLedger ledger, string? problem) => new(
        ledger.Snapshot.Epoch, ledger.Snapshot.Sequence, ledger.Snapshot.Configs.Count, [.. ledger.Concerning().Select(Summarize)], problem);

    private static DeploymentReport Summarize(DeploymentRecord record) => new(
        record.Id, record.Release, record.Target, record.Activity, record.Error, record.Reason, record.RetryAt, record.AppliedSequence);
}
