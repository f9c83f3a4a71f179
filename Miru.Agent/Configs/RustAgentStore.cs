using System.Text;
using Miru.Agent.Deployments;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Miru.Agent.Configs;

/// <summary>
/// Reads what the agent written in Rust (0.9) keeps in the same state directory, so that a robot that changes over to this one serves its
/// configs at once and without the cloud. Its device key and identity are ours by name and form. Nothing of it is changed.
/// </summary>
internal static class RustAgentStore
{
    /// <summary>It keeps a hundred deployments and a thousand instances at most, a kilobyte each.</summary>
    private const long LargestList = 8 * 1024 * 1024;

    /// <summary>What JSON makes of a byte at worst (<c>\u0000</c>), and the entry around it.</summary>
    private const int LargestEscape = 6;
    private const int LargestEntry = 4096;

    /// <param name="largestConfig">Bytes; larger contents are not read.</param>
    /// <returns>The deployment that is in place, whole; null if there is none.</returns>
    /// <exception cref="IOException">There is one that cannot be taken over; says why.</exception>
    public static AdoptedDeployment? Read(string stateDirectory, int largestConfig)
    {
        var resources = Path.Combine(stateDirectory, "resources");
        var list = Path.Combine(resources, "deployments.json");
        if (!File.Exists(list))
        {
            return null;
        }

        try
        {
            return Current(Values(list)) is { } current ? Adopt(current, resources, largestConfig) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidCastException or ArgumentException or UnauthorizedAccessException)
        {
            throw new IOException($"'{resources}' cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>While it changes from one to the next, two are in place by its own account; then the cloud's wish decides.</summary>
    private static JObject? Current(IReadOnlyDictionary<string, JObject> deployments)
    {
        var standing = deployments.Values.Where(deployment => Text(deployment, "activity_status") is "deployed" or "removing").ToList();
        var wanted = standing.Where(deployment => Text(deployment, "target_status") == "deployed").ToList();
        var candidates = wanted.Count > 0 ? wanted : standing;
        return candidates.Count <= 1
            ? candidates.SingleOrDefault()
            : throw new IOException($"{candidates.Count} deployments are in place by its account ({string.Join(", ", candidates.Select(deployment => Text(deployment, "id")))})");
    }

    private static AdoptedDeployment Adopt(JObject current, string resources, int largestConfig)
    {
        var known = Values(Path.Combine(resources, "config_instances", "metadata.json"));
        var instances = new List<FetchedInstance>();
        var contents = new List<KeepContent>();
        foreach (var id in (current["config_instance_ids"] as JArray ?? []).Select(id => (string?)id ?? ""))
        {
            var instance = known.GetValueOrDefault(id) ?? throw new IOException($"config instance '{id}' is missing");
            instances.Add(new FetchedInstance(id, Text(instance, "config_type_name"), FilePath(instance)));
            contents.Add(new KeepContent(id, null, Content(Path.Combine(resources, "config_instances", "contents", FileName(id)), largestConfig)));
        }

        var deployment = new FetchedDeployment(
            Text(current, "id"), Release(current, resources), DeploymentTarget.Deployed, DeploymentActivity.Deployed, instances);
        return new AdoptedDeployment(deployment, contents);
    }

    /// <summary>Up to 0.7 paths were relative to a directory that it no longer has.</summary>
    private static string FilePath(JObject instance) =>
        Text(instance, "filepath") is var path && path.StartsWith('/') ? path : throw new IOException($"'{path}' is not an absolute path");

    /// <summary>The name that people gave it; its id where that is not known any more.</summary>
    private static string Release(JObject deployment, string resources)
    {
        var id = Text(deployment, "release_id");
        try
        {
            return Text(Values(Path.Combine(resources, "releases.json"))[id], "version");
        }
        catch (Exception unknown) when (unknown is IOException or JsonException or KeyNotFoundException)
        {
            return id;
        }
    }

    private static byte[] Content(string path, int largestConfig) =>
        Encoding.UTF8.GetBytes(Text(Parse(path, (LargestEscape * (long)largestConfig) + LargestEntry), "value"));

    /// <summary>Each entry is what it keeps, and when it looked at it last.</summary>
    private static Dictionary<string, JObject> Values(string path) => Parse(path, LargestList).Properties().ToDictionary(
        entry => entry.Name,
        entry => (entry.Value as JObject)?["value"] as JObject ?? throw new IOException($"'{path}' has no value for {entry.Name}"),
        StringComparer.Ordinal);

    private static JObject Parse(string path, long largest)
    {
        if (new FileInfo(path) is { Exists: true } file && file.Length > largest)
        {
            throw new IOException($"'{path}' has {file.Length} bytes, at most {largest} are read");
        }

        // Dates stay the text they are: a config may look like one.
        using var reader = new JsonTextReader(new StreamReader(path)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }

    private static string Text(JObject of, string name) =>
        of[name] is { Type: JTokenType.String } text ? (string)text! : throw new IOException($"'{name}' is missing in '{of["id"] ?? of["key"]}'");

    /// <summary>As it names the file of an instance.</summary>
    private static string FileName(string instanceId) =>
        string.Concat(instanceId.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_')) + ".json";
}
