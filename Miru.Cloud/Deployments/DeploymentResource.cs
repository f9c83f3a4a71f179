using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using Miru.Cloud.Releases;

namespace Miru.Cloud.Deployments;

/// <summary>The contract's <c>Deployment</c>, with what was asked to be expanded.</summary>
internal sealed record DeploymentResource(
    string Id,
    string Description,
    string Status,
    string ActivityStatus,
    string ErrorStatus,
    string TargetStatus,
    string DeviceId,
    string ReleaseId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReleaseResource? Release,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ConfigInstanceResource>? ConfigInstances)
{
    public string Object => "deployment";

    public static DeploymentResource From(Deployment deployment, Expansions expand, SqliteConnection db) => new(
        deployment.Id,
        deployment.Description,
        DeploymentStatus.Of(deployment.ActivityStatus, deployment.ErrorStatus),
        deployment.ActivityStatus,
        deployment.ErrorStatus,
        deployment.TargetStatus,
        deployment.DeviceId,
        deployment.ReleaseId,
        deployment.CreatedAt,
        deployment.UpdatedAt,
        expand.Release ? ReleaseResource.From(db.GetRelease(deployment.ReleaseId)) : null,
        expand.ConfigInstances ? db.ConfigInstancesOf(deployment.ReleaseId).ConvertAll(ConfigInstanceResource.From) : null);
}
