namespace Miru.Agent.Deployments;

/// <summary>Why a deployment can never be applied as it is. Stable: operators and tests look for them.</summary>
internal static class RefusalCodes
{
    /// <summary>The deployment carries no config.</summary>
    public const string Empty = "empty_deployment";

    /// <summary>A file path is malformed, outside the allowed roots, doubled, taken by a directory, or runs through a symbolic link.</summary>
    public const string Path = "path_not_allowed";

    /// <summary>Two configs would have the same slug.</summary>
    public const string Slug = "slug_clash";

    /// <summary>A config's slug is longer than applications can be told.</summary>
    public const string NameTooLong = "name_too_long";

    /// <summary>A config is larger than <c>configs.max-config-size</c>.</summary>
    public const string TooLarge = "too_large";

    /// <summary>A config is not what its format promises.</summary>
    public const string Content = "invalid_content";
}
