using Microsoft.Data.Sqlite;
using Miru.Cloud.Http;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Identity;

/// <summary>One-time tokens that let a machine become a device. Kept as hashes; spent in the transaction that provisions.</summary>
internal static class ProvisioningTokens
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>A spent or expired token is remembered this long, to be refused by its true reason.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <param name="deviceId">The device the token is bound to, or null for a token of the whole workspace.</param>
    public static TokenResource Mint(SqliteConnection db, string? deviceId, DateTimeOffset now)
    {
        var token = Secret.New("miru_pt");
        var expiresAt = now + Lifetime;
        db.Execute("DELETE FROM provisioning_tokens WHERE expires_at < $horizon", ("$horizon", now - Memory));
        db.Execute(
            "INSERT INTO provisioning_tokens (hash, device_id, expires_at) VALUES ($hash, $device, $expires)",
            ("$hash", Secret.Hash(token)), ("$device", deviceId), ("$expires", expiresAt));
        return new TokenResource(token, expiresAt);
    }

    /// <summary>Spends the token and returns the device it is bound to, if any. Undone if the caller's transaction fails.</summary>
    /// <exception cref="ApiException">401.</exception>
    public static string? Spend(SqliteConnection db, string token, DateTimeOffset now)
    {
        var hash = Secret.Hash(token);
        var row = db.QueryFirst(
            "SELECT device_id, used_at, expires_at FROM provisioning_tokens WHERE hash = $hash",
            r => new Row(r.TextOrNull("device_id"), r.TimeOrNull("used_at"), r.Time("expires_at")),
            ("$hash", hash));

        if (row is null)
        {
            throw ApiErrors.Unauthenticated(ErrorCodes.ProvisioningTokenInvalid, "The provisioning token is unknown; ask an admin for a new one.");
        }

        if (row.UsedAt is not null)
        {
            throw ApiErrors.Unauthenticated(ErrorCodes.ProvisioningTokenUsed, "The provisioning token was used already; ask an admin for a new one.");
        }

        if (now >= row.ExpiresAt)
        {
            throw ApiErrors.Unauthenticated(ErrorCodes.ProvisioningTokenExpired, "The provisioning token has expired; ask an admin for a new one.");
        }

        db.Execute("UPDATE provisioning_tokens SET used_at = $now WHERE hash = $hash", ("$now", now), ("$hash", hash));
        return row.DeviceId;
    }

    private sealed record Row(string? DeviceId, DateTimeOffset? UsedAt, DateTimeOffset ExpiresAt);
}
