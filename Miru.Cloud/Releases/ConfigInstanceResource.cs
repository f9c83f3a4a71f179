using Miru.Cloud.Storage;

namespace Miru.Cloud.Releases;

/// <summary>The contract's <c>ConfigInstance</c>. Types and schemas have no records here: their ids follow from the type's name.</summary>
internal sealed record ConfigInstanceResource(string Id, string ConfigTypeName, string Filepath, DateTimeOffset CreatedAt)
{
    public string Object => "config_instance";

    public string ConfigSchemaId => ResourceId.Of("cfg_sch", ConfigTypeName);

    public string ConfigTypeId => ResourceId.Of("cfg_typ", ConfigTypeName);

    public static ConfigInstanceResource From(ConfigInstance instance) =>
        new(instance.Id, instance.ConfigTypeName, instance.Filepath, instance.CreatedAt);
}
