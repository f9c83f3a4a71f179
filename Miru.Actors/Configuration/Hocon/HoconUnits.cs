using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Durations and sizes with units.</summary>
internal static class HoconUnits
{
    /// <summary>A duration; without a unit it is in milliseconds.</summary>
    /// <exception cref="FormatException">The text is no duration, or negative, or infinite where that is not allowed.</exception>
    public static TimeSpan ParseDuration(string text, bool allowInfinite)
    {
        if (allowInfinite && string.Equals(text, "infinite", StringComparison.OrdinalIgnoreCase)) return Timeout.InfiniteTimeSpan;
        var (number, unit) = Split(text, "duration");
        double ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => throw new FormatException($"'{text}' is no duration: the unit '{unit}' is unknown."),
        };
        var value = double.Parse(number, CultureInfo.InvariantCulture);
        return value < 0
            ? throw new FormatException($"Expected a positive value instead of {text}")
            : TimeSpan.FromTicks((long)Math.Round(value * ticks));
    }

    /// <summary>A number of bytes: powers of 1024 (<c>k</c>, <c>Ki</c>, <c>KiB</c>, <c>kibibytes</c>) or of 1000 (<c>kB</c>, <c>kilobytes</c>).</summary>
    /// <exception cref="FormatException">The text is no size.</exception>
    public static long? ParseByteSize(string text)
    {
        if (text is null) return null;
        var (number, unit) = Split(text, "size");
        var factor = unit is "" or "b" or "B" or "byte" or "bytes" ? 1 : Factor(unit);
        if (factor == 0) throw new FormatException($"'{text}' is no size: the unit '{unit}' is unknown.");
        return checked(long.Parse(number, CultureInfo.InvariantCulture) * factor);
    }

    private static long Factor(string unit)
    {
        ReadOnlySpan<string> binary = ["kibi", "mebi", "gibi", "tebi", "pebi", "exbi"], decimals = ["kilo", "mega", "giga", "tera", "peta", "exa"];
        long two = 1, ten = 1;
        for (var power = 0; power < binary.Length; power++)
        {
            two *= 1024;
            ten *= 1000;
            var letter = "KMGTPE"[power];
            var small = char.ToLowerInvariant(letter);
            if (unit == $"{letter}" || unit == $"{small}" || unit == $"{letter}i" || unit == $"{letter}iB" || unit == $"{binary[power]}byte" || unit == $"{binary[power]}bytes") return two;
            // The SI prefix of a thousand is a small k; all others are capitals.
            if (unit == $"{(power == 0 ? small : letter)}B" || unit == $"{decimals[power]}byte" || unit == $"{decimals[power]}bytes") return ten;
        }
        return 0;
    }

    private static (string Number, string Unit) Split(string text, string kind)
    {
        if (string.IsNullOrEmpty(text)) throw new FormatException($"A {kind} is expected and the value is empty.");
        var end = text.Length;
        while (end > 0 && char.IsLetter(text[end - 1])) end--;
        return (text[..end].TrimEnd(), text[end..]);
    }
}
