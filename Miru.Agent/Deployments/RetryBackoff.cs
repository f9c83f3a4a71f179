using Miru.Agent.Deployments.Files;
using Miru.Agent.Settings;

namespace Miru.Agent.Deployments;

/// <summary>How long to wait before an apply that failed on this computer is tried again.</summary>
/// <param name="Min">Wait after the first failure; doubled with every further one.</param>
/// <param name="Max">Longest wait, the jitter included.</param>
/// <param name="Jitter">Share of the wait by which it may be shorter or longer, 0 to 0.5: what fails on every robot of a fleet at once is not retried at once.</param>
/// <param name="FullDisk">Longest wait after a failure that ends by itself when somebody makes room.</param>
internal sealed record RetryBackoff(TimeSpan Min, TimeSpan Max, double Jitter, TimeSpan FullDisk)
{
    public static RetryBackoff Read(SettingsReader settings)
    {
        var read = new RetryBackoff(
            settings.Duration("deployments.retry-backoff.min", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            settings.Duration("deployments.retry-backoff.max", TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)),
            settings.Fraction("deployments.retry-backoff.jitter", 0, 0.5),
            settings.Duration("deployments.retry-backoff.full-disk", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)));
        if (read.Min > read.Max)
        {
            settings.Refuse("deployments.retry-backoff.min", "is longer than deployments.retry-backoff.max", "expected min to be at most max");
        }

        return read;
    }

    /// <param name="failures">How often it failed in a row, 1 or more.</param>
    public TimeSpan After(int failures, Random random)
    {
        var doublings = Math.Clamp(failures - 1, 0, 40);
        var wait = Math.Min(Min.TotalSeconds * Math.Pow(2, doublings), Max.TotalSeconds);
        var spread = 1 + (Jitter * ((2 * random.NextDouble()) - 1));
        return TimeSpan.FromSeconds(Math.Min(wait * spread, Max.TotalSeconds));
    }

    /// <summary>
    /// After a full or read-only disk the wait stays short: finding out that it still is costs the disk nothing, and nobody tells when it
    /// no longer is.
    /// </summary>
    /// <param name="failure">What made it fail.</param>
    public TimeSpan After(int failures, Exception failure, Random random)
    {
        var wait = After(failures, random);
        return failure is FileSystemException { Error: Errno.NoSpace or Errno.Quota or Errno.ReadOnly } && wait > FullDisk ? FullDisk : wait;
    }
}
