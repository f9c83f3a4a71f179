namespace Miru.Cloud.Releases;

/// <summary>The formats a config may declare, and the media type each is served with.</summary>
internal static class ConfigFormat
{
    public const string Json = "json";

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        [Json] = "application/json",
        ["yaml"] = "application/yaml",
        ["jsonc"] = "application/jsonc",
        // No charset: the bytes are the author's, and nobody checked what they encode.
        ["text"] = "text/plain",
        ["bin"] = "application/octet-stream",
    };

    public static IEnumerable<string> All => MediaTypes.Keys;

    public static bool IsKnown(string? format) => format is not null && MediaTypes.ContainsKey(format);

    public static string MediaType(string format) => MediaTypes[format];
}
