using System.Globalization;
using Miru.Agent.Cloud.Api;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Miru.Agent.Cloud.Identity;

/// <summary>The device token on disk, so that a restart needs no new one.</summary>
internal static class TokenFile
{
    /// <summary>The kept token; null if there is none or it cannot be read, which a fresh one puts right.</summary>
    public static IssuedToken? TryRead(string stateDirectory)
    {
        try
        {
            return SecretFile.Read(PathIn(stateDirectory)) is { } text
                && JsonConvert.DeserializeObject<JObject>(text, new JsonSerializerSettings { DateParseHandling = DateParseHandling.None }) is { } kept
                && (string?)kept["token"] is { Length: > 0 } token
                && DateTimeOffset.TryParse((string?)kept["expires_at"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt)
                ? new IssuedToken(token, expiresAt)
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    public static void Write(string stateDirectory, IssuedToken token)
    {
        var file = new JObject { ["token"] = token.Token, ["expires_at"] = token.ExpiresAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) };
        SecretFile.Write(PathIn(stateDirectory), file.ToString(Formatting.Indented) + "\n", SecretFile.OwnerOnly);
    }

    public static void Remove(string stateDirectory) => SecretFile.Remove(PathIn(stateDirectory));

    private static string PathIn(string stateDirectory) => Path.Combine(stateDirectory, "auth", "token.json");
}
