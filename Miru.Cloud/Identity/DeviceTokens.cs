using System.Security.Cryptography;
using System.Text.Json;
using Miru.Cloud.Http;

namespace Miru.Cloud.Identity;

/// <summary>The session tokens this server issues: JWTs signed with HS256, bound to a device and to its current session.</summary>
internal sealed class DeviceTokens(byte[] key, TimeSpan lifetime, TimeProvider time)
{
    private const string Issuer = "miru";
    private const string Audience = "device";
    private const int KeyBytes = 32;

    private static readonly byte[] Header = """{"alg":"HS256","typ":"JWT"}"""u8.ToArray();

    /// <summary>Uses the key in <paramref name="file"/>, or makes one at the first start.</summary>
    public static DeviceTokens Load(string file, TimeSpan lifetime, TimeProvider time)
    {
        if (!File.Exists(file))
        {
            SecretFile.Write(file, RandomNumberGenerator.GetBytes(KeyBytes));
        }

        var key = File.ReadAllBytes(file);
        return key.Length == KeyBytes
            ? new DeviceTokens(key, lifetime, time)
            : throw new InvalidDataException($"{file} does not hold a {KeyBytes}-byte key; remove it to have a new one made (devices then fetch new tokens)");
    }

    public TokenResource Issue(string deviceId, string sessionId)
    {
        var now = time.GetUtcNow();
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((now + lifetime).ToUnixTimeSeconds());
        var claims = new DeviceClaims(Issuer, Audience, deviceId, sessionId, now.ToUnixTimeSeconds(), expiresAt.ToUnixTimeSeconds(), Guid.NewGuid().ToString());
        var payload = JsonSerializer.SerializeToUtf8Bytes(claims, Wire.Json.DeviceClaims);
        return new TokenResource(CompactJwt.Write(Header, payload, Sign), expiresAt);
    }

    /// <summary>The device and session a token speaks for; whether that session is still the device's is the caller's to ask.</summary>
    /// <exception cref="ApiException">401.</exception>
    public (string DeviceId, string SessionId) Read(string token)
    {
        var jwt = CompactJwt.Parse(token);
        if (jwt is null
            || jwt.HeaderText("alg") != "HS256"
            || !CryptographicOperations.FixedTimeEquals(Sign(jwt.SigningInput), jwt.Signature)
            || jwt.Text("iss") != Issuer
            || jwt.Text("aud") != Audience
            || jwt.Text("sub") is not { } deviceId
            || jwt.Text("sid") is not { } sessionId
            || jwt.Time("exp") is not { } expiresAt)
        {
            throw ApiErrors.Unauthenticated(ErrorCodes.TokenInvalid, "The device token is not one of this server's; fetch one from /devices/token.");
        }

        return time.GetUtcNow() < expiresAt
            ? (deviceId, sessionId)
            : throw ApiErrors.Unauthenticated(ErrorCodes.TokenExpired, "The device token has expired; fetch a new one from /devices/token.");
    }

    private byte[] Sign(byte[] input) => HMACSHA256.HashData(key, input);
}
