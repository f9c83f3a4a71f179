using Microsoft.Data.Sqlite;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Devices;

/// <summary>A device as the database knows it.</summary>
/// <param name="PublicKey">DER SubjectPublicKeyInfo; null until the device is provisioned.</param>
/// <param name="Revision">Counts the changes made to the device's deployments from the cloud's side.</param>
/// <param name="LastSeenAt">As of the last orderly stop; while the server runs, <see cref="Presence"/> knows better.</param>
internal sealed record Device(
    string Id,
    string Name,
    string SessionId,
    byte[]? PublicKey,
    string? Fingerprint,
    string? AgentVersion,
    long Revision,
    DateTimeOffset? LastSeenAt,
    DateTimeOffset? LastConnectedAt,
    DateTimeOffset? LastDisconnectedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static Device Read(SqliteDataReader row) => new(
        row.Text("id"),
        row.Text("name"),
        row.Text("session_id"),
        row["public_key"] as byte[],
        row.TextOrNull("fingerprint"),
        row.TextOrNull("agent_version"),
        row.Long("revision"),
        row.TimeOrNull("last_seen_at"),
        row.TimeOrNull("last_connected_at"),
        row.TimeOrNull("last_disconnected_at"),
        row.Time("created_at"),
        row.Time("updated_at"));
}
