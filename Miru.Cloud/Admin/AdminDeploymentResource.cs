using Microsoft.Data.Sqlite;
using Miru.Cloud.Deployments;
using Miru.Cloud.Releases;

namespace Miru.Cloud.Admin;

/// <summary>A deployment as an admin sees it: the contract's fields, the release's version and the times the device reported.</summary>
internal sealed record AdminDeploymentResource(
    string Id,
    string Description,
    string Status,
    string ActivityStatus,
    string ErrorStatus,
    string TargetStatus,
    string DeviceId,
    string ReleaseId,
    string ReleaseVersion,
    DateTimeOffset? DeployedAt,
    DateTimeOffset? ArchivedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public string Object => "deployment";

    public static AdminDeploymentResource From(Deployment deployment, SqliteConnection db) =>
        From(deployment, db.GetRelease(deployment.ReleaseId));

    public static AdminDeploymentResource From(Deployment deployment, Release release) => new(
        deployment.Id,
        deployment.Description,
        DeploymentStatus.Of(deployment.ActivityStatus, deployment.ErrorStatus),
        deployment.ActivityStatus,
        deployment.ErrorStatus,
        deployment.TargetStatus,
        deployment.DeviceId,
        deployment.ReleaseId,
        release.Version,
        deployment.DeployedAt,
        deployment.ArchivedAt,
        deployment.CreatedAt,
        deployment.UpdatedAt);
}
