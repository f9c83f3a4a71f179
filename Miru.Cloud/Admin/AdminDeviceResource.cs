using Microsoft.Data.Sqlite;
using Miru.Cloud.Deployments;
using Miru.Cloud.Devices;

namespace Miru.Cloud.Admin;

/// <summary>A device as an admin sees it: the contract's fields without the session, and what became of what it was told.</summary>
/// <param name="CurrentDeployment">The deployment the cloud wants on the device, with the state the device reported; null if it has none.</param>
internal sealed record AdminDeviceResource(
    string Id,
    string Name,
    string Status,
    string? AgentVersion,
    string? PublicKeyFingerprint,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? LastConnectedAt,
    DateTimeOffset? LastDisconnectedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    AdminDeploymentResource? CurrentDeployment)
{
    public string Object => "device";

    public static AdminDeviceResource From(Device device, Presence presence, SqliteConnection db) => new(
        device.Id,
        device.Name,
        presence.StatusOf(device),
        device.AgentVersion,
        device.Fingerprint,
        presence.LastSeen(device),
        device.LastConnectedAt,
        presence.LastDisconnectedAt(device),
        device.CreatedAt,
        device.UpdatedAt,
        db.CurrentDeployment(device.Id) is { } current ? AdminDeploymentResource.From(current, db) : null);
}
