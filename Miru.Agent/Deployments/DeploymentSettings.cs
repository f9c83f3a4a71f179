using Miru.Agent.Settings;

namespace Miru.Agent.Deployments;

/// <summary>Where and how the agent may write config files.</summary>
/// <param name="AllowedRoots">Directories below which files may be written.</param>
/// <param name="FileMode">Permission bits of the files.</param>
/// <param name="RetryMin">Wait before the first retry of a failed apply.</param>
/// <param name="RetryMax">Longest wait between retries.</param>
/// <param name="MaxConfigSize">Largest config in bytes.</param>
internal sealed record DeploymentSettings(
    IReadOnlyList<string> AllowedRoots, UnixFileMode FileMode, TimeSpan RetryMin, TimeSpan RetryMax, int MaxConfigSize)
{
    public static DeploymentSettings Read(SettingsReader settings)
    {
        var roots = settings.AbsolutePaths("deployments.allowed-roots");
        if (roots.Contains("/"))
        {
            settings.Refuse("deployments.allowed-roots", "'/' would let the cloud write any file", "expected the directories that hold configs, such as /srv/miru");
        }

        var read = new DeploymentSettings(
            [.. roots.Select(Path.TrimEndingDirectorySeparator)],
            settings.FileMode("deployments.file-mode"),
            settings.Duration("deployments.retry-backoff.min", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            settings.Duration("deployments.retry-backoff.max", TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)),
            settings.Size("configs.max-config-size", 1024, Configs.StoreSettings.LargestConfig));
        if (read.RetryMin > read.RetryMax)
        {
            settings.Refuse("deployments.retry-backoff.min", "is longer than deployments.retry-backoff.max", "expected min to be at most max");
        }

        return read;
    }
}
