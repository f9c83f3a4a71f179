using System.Globalization;

namespace Miru.Agent.Cloud.Scheduling;

/// <summary>A wait as people say it: 0.8 s, 47 s, 11 min, 3 h.</summary>
internal static class Pause
{
    public static string Words(TimeSpan wait) => wait.Duration() switch
    {
        { TotalSeconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0.#} s"),
        { TotalSeconds: < 99.5 } => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0} s"),
        { TotalMinutes: < 99.5 } => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalMinutes:0} min"),
        { TotalHours: < 47.5 } => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalHours:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{wait.TotalDays:0} days"),
    };
}
