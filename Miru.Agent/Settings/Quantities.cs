using System.Globalization;

namespace Miru.Agent.Settings;

/// <summary>Durations and sizes as settings write them. A quantity without its unit is not a quantity.</summary>
internal static class Quantities
{
    private static readonly (string[] Names, TimeSpan Value)[] DurationUnits =
    [
        (["d", "day", "days"], TimeSpan.FromDays(1)),
        (["h", "hour", "hours"], TimeSpan.FromHours(1)),
        (["m", "minute", "minutes"], TimeSpan.FromMinutes(1)),
        (["s", "second", "seconds"], TimeSpan.FromSeconds(1)),
        (["ms", "millisecond", "milliseconds"], TimeSpan.FromMilliseconds(1)),
    ];

    private static readonly (string Name, long Value)[] SizeUnits =
    [
        ("MiB", 1024 * 1024), ("KiB", 1024), ("B", 1),
    ];

    /// <summary>Reads <c>5s</c>, <c>250 ms</c>, <c>1.5h</c>; false for a bare number, an unknown unit or a negative value.</summary>
    public static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        if (!TrySplit(text, out var number, out var unit))
        {
            return false;
        }

        foreach (var (names, length) in DurationUnits)
        {
            if (Array.IndexOf(names, unit) >= 0 && number <= TimeSpan.MaxValue.Ticks / (decimal)length.Ticks)
            {
                value = TimeSpan.FromTicks((long)(number * length.Ticks));
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads <c>64KiB</c>, <c>4 MiB</c>, <c>512B</c> into bytes; false for a bare number, an unknown unit or half a byte.</summary>
    public static bool TrySize(string text, out long bytes)
    {
        bytes = 0;
        if (!TrySplit(text, out var number, out var unit))
        {
            return false;
        }

        foreach (var (name, length) in SizeUnits)
        {
            if (name == unit && number <= long.MaxValue / length && number * length % 1 == 0)
            {
                bytes = (long)(number * length);
                return true;
            }
        }

        return false;
    }

    /// <summary>The shortest exact form that <see cref="TryDuration"/> reads back.</summary>
    public static string Format(TimeSpan value)
    {
        foreach (var (names, length) in DurationUnits)
        {
            if (value >= length && value.Ticks % length.Ticks == 0)
            {
                return (value.Ticks / length.Ticks).ToString(CultureInfo.InvariantCulture) + names[0];
            }
        }

        return value == TimeSpan.Zero ? "0s" : value.TotalMilliseconds.ToString(CultureInfo.InvariantCulture) + "ms";
    }

    /// <summary>The shortest exact form that <see cref="TrySize"/> reads back.</summary>
    public static string Format(long bytes)
    {
        foreach (var (name, length) in SizeUnits)
        {
            if (bytes >= length && bytes % length == 0)
            {
                return (bytes / length).ToString(CultureInfo.InvariantCulture) + name;
            }
        }

        return "0B";
    }

    private static bool TrySplit(string text, out decimal number, out string unit)
    {
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        unit = text[digits..].Trim();
        return decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
