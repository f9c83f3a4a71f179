namespace Miru.Cloud.Devices;

/// <summary>The contract's <c>Device</c>.</summary>
internal sealed record DeviceResource(
    string Id,
    string Name,
    string Status,
    string? AgentVersion,
    DateTimeOffset? LastConnectedAt,
    DateTimeOffset? LastDisconnectedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string SessionId)
{
    public string Object => "device";

    public static DeviceResource From(Device device, Presence presence) => new(
        device.Id,
        device.Name,
        presence.StatusOf(device),
        device.AgentVersion,
        device.LastConnectedAt,
        presence.LastDisconnectedAt(device),
        device.CreatedAt,
        device.UpdatedAt,
        device.SessionId);
}
