using System.Text;
using System.Text.Json;
using Miru.Cloud.Http;

namespace Miru.Cloud.Releases;

/// <summary>What makes a release acceptable. Pure.</summary>
internal static class ReleaseRules
{
    /// <summary>Largest config in bytes: what fits, with its header, into one frame on a robot's socket.</summary>
    public const int MaxConfigBytes = 4 * 1024 * 1024 - 64 * 1024;

    public const int MaxConfigs = 256;

    private const int MaxNameLength = 128;
    private const int MaxPathBytes = 1024;

    /// <exception cref="ApiException">400 or 413, naming the member that is wrong.</exception>
    public static ReleaseDraft Check(CreateReleaseRequest request)
    {
        var version = Name(request.Version, "version");
        if (request.Configs is not { Count: > 0 and <= MaxConfigs } configs)
        {
            throw ApiErrors.Invalid("configs", $"'configs' must hold 1 to {MaxConfigs} configs.");
        }

        var drafts = configs.Select((config, index) => Check(config, $"configs[{index}]")).ToList();
        if (drafts.GroupBy(draft => draft.Filepath).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw ApiErrors.Invalid("configs", $"'{twice.Key}' stands more than once; a file can hold one config.");
        }

        return new ReleaseDraft(version, drafts, drafts.Select(Warning).OfType<string>().ToList());
    }

    private static ConfigDraft Check(CreateConfigRequest? config, string at)
    {
        if (config is null)
        {
            throw ApiErrors.Invalid(at, $"'{at}' must be an object.");
        }

        var name = Name(config.ConfigTypeName, $"{at}.config_type_name");
        var path = Filepath(config.Filepath, $"{at}.filepath");
        if (!ConfigFormat.IsKnown(config.Format))
        {
            throw ApiErrors.Invalid($"{at}.format", $"'{at}.format' must be one of {string.Join(", ", ConfigFormat.All)}.");
        }

        if (config.ContentBase64 is not { } content)
        {
            throw ApiErrors.Invalid($"{at}.content_base64", $"'{at}.content_base64' is missing.");
        }

        return content.Length <= MaxConfigBytes
            ? new ConfigDraft(name, path, config.Format!, content)
            : throw ApiErrors.TooLarge(
                $"'{path}' has {content.Length} bytes; a config has at most {MaxConfigBytes}.",
                ("param", $"{at}.content_base64"), ("limit", MaxConfigBytes.ToString()), ("size", content.Length.ToString()));
    }

    private static string Name(string? value, string at) =>
        !string.IsNullOrWhiteSpace(value) && value.Length <= MaxNameLength && !value.Any(char.IsControl)
            ? value
            : throw ApiErrors.Invalid(at, $"'{at}' must have 1 to {MaxNameLength} printable characters.");

    private static string Filepath(string? path, string at)
    {
        if (path is null || !path.StartsWith('/') || Encoding.UTF8.GetByteCount(path) > MaxPathBytes || path.Any(char.IsControl))
        {
            throw ApiErrors.Invalid(at, $"'{at}' must be an absolute path of at most {MaxPathBytes} bytes.");
        }

        // One file must have one spelling, or the check for duplicates checks nothing.
        return path.Split('/').Skip(1).Any(segment => segment is "" or "." or "..")
            ? throw ApiErrors.Invalid(at, $"'{at}' must name a file and have no empty, '.' or '..' segment.")
            : path;
    }

    /// <summary>The device decides whether it takes a config; here a broken one is only worth a word to its author.</summary>
    private static string? Warning(ConfigDraft draft)
    {
        if (draft.Format != ConfigFormat.Json)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(draft.Content);
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException wrong)
        {
            return $"'{draft.Filepath}' is declared json and does not parse (line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine}); devices will refuse it.";
        }
    }
}
