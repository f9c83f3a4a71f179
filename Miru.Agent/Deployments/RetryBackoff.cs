namespace Miru.Agent.Deployments;

/// <summary>How long to wait before an apply that failed on this computer is tried again: min, doubled with every failure, up to max.</summary>
internal static class RetryBackoff
{
    /// <param name="failures">How often it failed in a row, 1 or more.</param>
    public static TimeSpan After(int failures, TimeSpan min, TimeSpan max)
    {
        var doublings = Math.Clamp(failures - 1, 0, 40);
        var wait = min.TotalSeconds * Math.Pow(2, doublings);
        return wait >= max.TotalSeconds ? max : TimeSpan.FromSeconds(wait);
    }
}
