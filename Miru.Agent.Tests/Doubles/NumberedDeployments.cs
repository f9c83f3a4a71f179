using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>Deployments <c>dpl_1</c>, <c>dpl_2</c> …, each with one config that holds its number, and each in the place of the one before.</summary>
internal static class NumberedDeployments
{
    public static FetchedDeployment Listed(int number, DeploymentTarget target = DeploymentTarget.Deployed) => new(
        $"dpl_{number}", $"v{number}", target, DeploymentActivity.Queued, [new FetchedInstance($"inst_{number}", "config", "/srv/miru/config.json")]);

    public static void PutInPlace(ConfigLedger ledger, int number)
    {
        ledger.KeepContent(new KeepContent($"inst_{number}", null, Encoding.UTF8.GetBytes($"{number}")));
        ledger.Merge([Listed(number), .. number == 1 ? [] : new[] { Listed(number - 1, DeploymentTarget.Archived) }]);
        Apply(ledger, number);
    }

    /// <summary>Takes the next work, which must be this one's, and says that it is done.</summary>
    public static void Apply(ConfigLedger ledger, int number)
    {
        var work = Assert.IsType<ApplyDeployment>(ledger.NextWork(DateTimeOffset.UnixEpoch).Work);
        Assert.Equal($"dpl_{number}", work.DeploymentId);
        Assert.True(ledger.Applied(
            new DeploymentApplied(0, work.DeploymentId, [.. work.Configs.Select(config => new PlacedConfig("config", "json", config))], [], []), DateTimeOffset.UnixEpoch));
    }
}
