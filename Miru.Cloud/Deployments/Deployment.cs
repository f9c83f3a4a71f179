using Microsoft.Data.Sqlite;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Deployments;

/// <summary>A release on its way to, on, or gone from one device.</summary>
/// <param name="TargetStatus">What the cloud wants; the other two are what the device reports.</param>
internal sealed record Deployment(
    string Id,
    string DeviceId,
    string ReleaseId,
    string Description,
    string ActivityStatus,
    string ErrorStatus,
    string TargetStatus,
    DateTimeOffset? DeployedAt,
    DateTimeOffset? ArchivedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static Deployment Read(SqliteDataReader row) => new(
        row.Text("id"),
        row.Text("device_id"),
        row.Text("release_id"),
        row.Text("description"),
        row.Text("activity_status"),
        row.Text("error_status"),
        row.Text("target_status"),
        row.TimeOrNull("deployed_at"),
        row.TimeOrNull("archived_at"),
        row.Time("created_at"),
        row.Time("updated_at"));
}
