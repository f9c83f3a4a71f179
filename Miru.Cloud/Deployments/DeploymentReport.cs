using Miru.Cloud.Http;

namespace Miru.Cloud.Deployments;

/// <summary>The contract's <c>UpdateDeploymentRequest</c>.</summary>
internal sealed record DeploymentReport(string? ActivityStatus, string? ErrorStatus, DateTimeOffset? DeployedAt, DateTimeOffset? ArchivedAt)
{
    /// <exception cref="ApiException">400, if a status is none of the contract's.</exception>
    public DeploymentReport Checked()
    {
        Check("activity_status", ActivityStatus, DeploymentStatus.Activities);
        Check("error_status", ErrorStatus, DeploymentStatus.Errors);
        return this;
    }

    private static void Check(string param, string? value, IReadOnlyList<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
        {
            throw ApiErrors.Invalid(param, $"'{param}' must be one of {string.Join(", ", allowed)}.");
        }
    }
}
