using Microsoft.Data.Sqlite;
using Miru.Cloud.Http;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Identity;

/// <summary>
/// Remembers each accepted <c>jti</c> until its JWT could not be accepted any more. On disk, because a restart must not open the door again.
/// </summary>
internal static class ReplayGuard
{
    /// <summary>Live JWTs per device. A device needs one an hour; the bound keeps a mad one from growing the table.</summary>
    public const int MaxLivePerDevice = 32;

    /// <exception cref="ApiException">401 for a replay, 429 for too many.</exception>
    public static void Remember(SqliteConnection db, string deviceId, DeviceJwt jwt, DateTimeOffset now)
    {
        db.Execute("DELETE FROM device_jwts WHERE expires_at <= $now", ("$now", now));
        var live = db.Number("SELECT COUNT(*) FROM device_jwts WHERE device_id = $device", ("$device", deviceId));
        if (live >= MaxLivePerDevice)
        {
            throw new ApiException(StatusCodes.Status429TooManyRequests, ErrorCodes.TooManyRequests, "This device asks for tokens too often.")
            {
                RetryAfter = DeviceJwt.MaxLifetime,
            };
        }

        var fresh = db.Execute(
            "INSERT OR IGNORE INTO device_jwts (device_id, jti, expires_at) VALUES ($device, $jti, $expires)",
            ("$device", deviceId), ("$jti", jwt.Id), ("$expires", jwt.ExpiresAt + DeviceJwt.Skew));
        if (fresh == 0)
        {
            throw ApiErrors.Unauthenticated(ErrorCodes.DeviceJwtReplayed, "This device JWT was used already; sign a new one with a new jti.");
        }
    }
}
