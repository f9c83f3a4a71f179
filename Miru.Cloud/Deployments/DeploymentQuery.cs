using Microsoft.Data.Sqlite;
using Miru.Cloud.Http;

namespace Miru.Cloud.Deployments;

/// <summary>What a list of deployments is asked for.</summary>
internal sealed record DeploymentQuery(Paging Paging, Expansions Expand, IReadOnlyList<string> Activities)
{
    /// <exception cref="ApiException">400.</exception>
    public static DeploymentQuery Parse(IQueryCollection query)
    {
        var activities = QueryList.Parse(query, "activity_status");
        return activities.FirstOrDefault(name => !DeploymentStatus.Activities.Contains(name)) is { } unknown
            ? throw ApiErrors.Invalid("activity_status", $"'{unknown}' is not one of {string.Join(", ", DeploymentStatus.Activities)}.")
            : new DeploymentQuery(Paging.Parse(query), Expansions.Parse(query, list: true), activities);
    }

    /// <param name="deviceId">Null lists every device's.</param>
    public PageResource<DeploymentResource> Run(SqliteConnection db, string? deviceId) => PageResource<DeploymentResource>.From(
        Paging,
        db.ListDeployments(deviceId, Activities, Paging).ConvertAll(deployment => DeploymentResource.From(deployment, Expand, db)),
        Expand.TotalCount ? db.CountDeployments(deviceId, Activities) : null);
}
