using System.Text.Json;
using System.Text.Unicode;

namespace Miru.Agent.Deployments;

/// <summary>What a config is written in, and the one promise that goes with it: what is called JSON is JSON.</summary>
internal static class ConfigFormat
{
    public const string Json = "json";

    /// <summary>Deeper documents are refused: a parser in some application would not survive them.</summary>
    private const int MaxJsonDepth = 512;

    /// <summary>The file path's extension in lower case, else what the content type says, else <c>bin</c>.</summary>
    /// <param name="contentType">Media type with or without parameters; null where the cloud gave none.</param>
    public static string Of(string filePath, string? contentType)
    {
        var extension = Path.GetExtension(filePath);
        return extension.Length > 1 ? extension[1..].ToLowerInvariant() : OfContentType(contentType ?? "");
    }

    /// <summary>Null if <paramref name="content"/> is what its format promises, else the reason it is not. Formats other than JSON promise nothing.</summary>
    public static string? Violation(string format, ReadOnlySpan<byte> content)
    {
        if (format != Json)
        {
            return null;
        }

        if (!Utf8.IsValid(content))
        {
            return "is not valid UTF-8";
        }

        var reader = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException malformed)
        {
            return $"is not valid JSON at line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}";
        }
    }

    private static string OfContentType(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "application/json" => Json,
        "application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml" => "yaml",
        "application/xml" or "text/xml" => "xml",
        "text/plain" => "text",
        _ => "bin",
    };
}
