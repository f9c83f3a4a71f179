using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Settings;

namespace Miru.Agent.Deployments;

/// <summary>Where and how the agent may write config files.</summary>
internal sealed record DeploymentSettings(FileRules Files, RetryBackoff Retry, DriftSettings Drift)
{
    public static DeploymentSettings Read(SettingsReader settings)
    {
        var roots = settings.AbsolutePaths("deployments.allowed-roots");
        if (roots.Contains("/"))
        {
            settings.Refuse("deployments.allowed-roots", "'/' would let the cloud write any file", "expected the directories that hold configs, such as /srv/miru");
        }

        var files = new FileRules(
            [.. roots.Select(Path.TrimEndingDirectorySeparator)],
            settings.FileMode("deployments.file-mode"),
            settings.Choice("deployments.replaced-file-mode", "keep", "set") == "keep",
            settings.Size("configs.max-config-size", 1024, Configs.StoreSettings.LargestConfig));
        return new DeploymentSettings(files, RetryBackoff.Read(settings), DriftSettings.Read(settings));
    }
}
