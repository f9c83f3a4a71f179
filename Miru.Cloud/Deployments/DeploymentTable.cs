using Microsoft.Data.Sqlite;
using Miru.Cloud.Devices;
using Miru.Cloud.Http;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Deployments;

/// <summary>What is said to SQLite about deployments. Runs inside the caller's transaction.</summary>
internal static class DeploymentTable
{
    /// <exception cref="ApiException">404; also for a deployment of another device, if <paramref name="deviceId"/> is given.</exception>
    public static Deployment GetDeployment(this SqliteConnection db, string id, string? deviceId = null) => db.QueryFirst(
        "SELECT * FROM deployments WHERE id = $id AND ($device IS NULL OR device_id = $device)",
        Deployment.Read,
        ("$id", id), ("$device", deviceId)) ?? throw ApiErrors.NotFound("deployment", id);

    /// <summary>Newest first, one more than the page holds. A null device means all, an empty filter means every activity.</summary>
    public static List<Deployment> ListDeployments(this SqliteConnection db, string? deviceId, IReadOnlyList<string> activities, Paging paging) => db.Query(
        $"SELECT * FROM deployments {Filter(deviceId)} ORDER BY sequence DESC LIMIT $limit OFFSET $offset",
        Deployment.Read,
        ("$device", deviceId), ("$activities", Joined(activities)), ("$limit", paging.Limit + 1), ("$offset", paging.Offset));

    public static long CountDeployments(this SqliteConnection db, string? deviceId, IReadOnlyList<string> activities) => db.Number(
        $"SELECT COUNT(*) FROM deployments {Filter(deviceId)}",
        ("$device", deviceId), ("$activities", Joined(activities))) ?? 0;

    /// <summary>The deployment the cloud wants on the device.</summary>
    public static Deployment? CurrentDeployment(this SqliteConnection db, string deviceId) => db.QueryFirst(
        "SELECT * FROM deployments WHERE device_id = $device AND target_status = 'deployed' ORDER BY sequence DESC LIMIT 1",
        Deployment.Read,
        ("$device", deviceId));

    /// <summary>Makes the release the device's target; the one it had so far is to go.</summary>
    public static Deployment Deploy(this SqliteConnection db, string deviceId, string releaseId, string description, DateTimeOffset now)
    {
        db.Execute(
            "UPDATE deployments SET target_status = 'archived', updated_at = $now WHERE device_id = $device AND target_status <> 'archived'",
            ("$device", deviceId), ("$now", now));
        var deployment = db.QueryFirst(
            """
            INSERT INTO deployments (id, device_id, release_id, description, activity_status, error_status, target_status, created_at, updated_at)
            VALUES ($id, $device, $release, $description, 'queued', 'none', 'deployed', $now, $now)
            RETURNING *
            """,
            Deployment.Read,
            ("$id", ResourceId.New("dpl")), ("$device", deviceId), ("$release", releaseId), ("$description", description), ("$now", now))!;
        db.BumpRevision(deviceId);
        return deployment;
    }

    /// <summary>Wants the deployment gone. Does nothing to one whose target that is already.</summary>
    public static Deployment Archive(this SqliteConnection db, Deployment deployment, DateTimeOffset now)
    {
        var changed = db.Execute(
            "UPDATE deployments SET target_status = 'archived', updated_at = $now WHERE id = $id AND target_status <> 'archived'",
            ("$id", deployment.Id), ("$now", now));
        if (changed > 0)
        {
            db.BumpRevision(deployment.DeviceId);
        }

        return db.GetDeployment(deployment.Id);
    }

    /// <summary>Wants the device's current deployment applied anew, by a machine that has nothing yet.</summary>
    public static void Redeploy(this SqliteConnection db, string deviceId, DateTimeOffset now) => db.Execute(
        "UPDATE deployments SET activity_status = 'queued', error_status = 'none', updated_at = $now WHERE device_id = $device AND target_status = 'deployed'",
        ("$device", deviceId), ("$now", now));

    /// <summary>Writes down what the device reports; null leaves a value as it is. No news for the device, so no new revision.</summary>
    public static Deployment Report(this SqliteConnection db, string id, DeploymentReport report, DateTimeOffset now)
    {
        db.Execute(
            """
            UPDATE deployments SET
                activity_status = COALESCE($activity, activity_status),
                error_status = COALESCE($error, error_status),
                deployed_at = COALESCE($deployed, deployed_at),
                archived_at = COALESCE($archived, archived_at),
                updated_at = $now
            WHERE id = $id
            """,
            ("$activity", report.ActivityStatus), ("$error", report.ErrorStatus),
            ("$deployed", report.DeployedAt), ("$archived", report.ArchivedAt), ("$now", now), ("$id", id));
        return db.GetDeployment(id);
    }

    // The device's own condition only where there is a device: one for both cases could not use the index, and every list would read every deployment.
    private static string Filter(string? deviceId) =>
        $"WHERE {(deviceId is null ? "" : "device_id = $device AND ")}($activities IS NULL OR instr($activities, ',' || activity_status || ',') > 0)";

    private static string? Joined(IReadOnlyList<string> activities) => activities.Count == 0 ? null : $",{string.Join(',', activities)},";
}
