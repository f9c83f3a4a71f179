using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments;

/// <summary>Everything that can be known about a deployment before a file is touched. Pure.</summary>
internal static class Preconditions
{
    /// <summary>Characters of a slug; it travels in a frame's header, which holds 4 KiB with every other name (clause frame-3).</summary>
    private const int MaxSlug = 200;

    /// <summary>Null and the configs with their names, or the refusal.</summary>
    public static DeploymentRefused? Check(ApplyDeployment work, FileRules rules, out IReadOnlyList<PlacedConfig> placed)
    {
        placed = [];
        DeploymentRefused Refuse(string code, string reason) => new(work.Ticket, work.DeploymentId, code, reason);

        if (work.Configs.Count == 0)
        {
            return Refuse(RefusalCodes.Empty, "the deployment has no configs");
        }

        if (PathRules.Violation([.. work.Configs.Select(config => config.FilePath)], rules.AllowedRoots) is { } path)
        {
            return Refuse(RefusalCodes.Path, path);
        }

        var slugs = Slugs.Assign(work.Configs, out var clash);
        if (clash is not null)
        {
            return Refuse(RefusalCodes.Slug, $"two configs would be called '{clash}'; give their files different names");
        }

        var named = work.Configs.Select((config, i) => new PlacedConfig(slugs[i], ConfigFormat.Of(config.FilePath, config.ContentType), config)).ToList();
        foreach (var (slug, format, config) in named)
        {
            if (slug.Length > MaxSlug)
            {
                return Refuse(RefusalCodes.NameTooLong, $"'{slug[..40]}…' has {slug.Length} characters, a config's name may have {MaxSlug}");
            }

            if (config.Content.Length > rules.LargestConfig)
            {
                return Refuse(RefusalCodes.TooLarge, $"'{slug}' has {config.Content.Length} bytes, configs.max-config-size is {rules.LargestConfig}");
            }

            if (ConfigFormat.Violation(format, config.Content.Span) is { } violation)
            {
                return Refuse(RefusalCodes.Content, $"'{slug}' ({config.FilePath}) {violation}");
            }
        }

        placed = named;
        return null;
    }
}
