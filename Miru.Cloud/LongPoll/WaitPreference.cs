using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Miru.Cloud.LongPoll;

/// <summary>The preference <c>wait=N</c> of RFC 7240, and what this server makes of it.</summary>
internal static class WaitPreference
{
    /// <summary>Longer waits are granted as this: proxies and NATs forget idle connections soon after.</summary>
    public const int MaxSeconds = 60;

    /// <summary>The seconds to wait, or null: a preference that is absent or makes no sense is ignored, never an error (RFC 7240 §2).</summary>
    public static int? Parse(StringValues prefer)
    {
        // The first occurrence of a preference counts (RFC 7240 §2); each may carry parameters after a semicolon.
        foreach (var preference in prefer.SelectMany(line => (line ?? "").Split(',')))
        {
            var (name, value) = Split(preference.Split(';')[0]);
            if (name.Equals("wait", StringComparison.OrdinalIgnoreCase))
            {
                return long.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                    ? (int)Math.Min(seconds, MaxSeconds)
                    : null;
            }
        }

        return null;
    }

    private static (string Name, string Value) Split(string preference)
    {
        var at = preference.IndexOf('=');
        return at < 0 ? (preference.Trim(), "") : (preference[..at].Trim(), preference[(at + 1)..].Trim());
    }
}
