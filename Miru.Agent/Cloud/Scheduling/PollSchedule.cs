using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Miru.Agent.Cloud.Scheduling;

/// <summary>When the next poll follows a good one. Pure.</summary>
internal static class PollSchedule
{
    private static readonly TimeSpan ShortestHint = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestHint = TimeSpan.FromDays(1);

    /// <summary>Interval, earlier or later by up to <paramref name="jitter"/> of it.</summary>
    /// <param name="chance">Uniform in [0, 1).</param>
    public static TimeSpan Interval(TimeSpan interval, double jitter, double chance) => interval * (1 + (jitter * ((2 * chance) - 1)));

    /// <summary>Where in the interval this device asks, in [0, 1): devices that start together part ways with their second poll.</summary>
    public static double Phase(string deviceId) =>
        (BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(deviceId))) >> 11) / (double)(1L << 53);

    /// <summary>What a server may ask for: a second to a day. Null where it asks for nothing that makes sense.</summary>
    public static TimeSpan? Hint(string? seconds) =>
        int.TryParse(seconds, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var wish) && wish > 0
            ? TimeSpan.FromSeconds(Math.Clamp(wish, ShortestHint.TotalSeconds, LongestHint.TotalSeconds))
            : null;
}
