using Miru.Cloud.Releases;

namespace Miru.Cloud.Admin;

/// <summary>A config as an admin sees it.</summary>
internal sealed record AdminConfigInstanceResource(
    string Id, string ConfigTypeName, string Filepath, string Format, string Digest, long Size, DateTimeOffset CreatedAt)
{
    public string Object => "config_instance";

    public static AdminConfigInstanceResource From(ConfigInstance instance) =>
        new(instance.Id, instance.ConfigTypeName, instance.Filepath, instance.Format, instance.Digest, instance.Size, instance.CreatedAt);
}
