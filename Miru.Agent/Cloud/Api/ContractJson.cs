using System.Globalization;
using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Miru.Agent.Cloud.Api;

/// <summary>Reads the contract's bodies: strict about what the agent needs, blind to everything else, so that the contract can grow.</summary>
internal static class ContractJson
{
    /// <summary>Identifiers and release versions travel in a frame's header, which is bounded; a longer version is only a label and is cut.</summary>
    private const int MaxLabel = 128;

    private const int MaxDepth = 32;
    private const int MaxProblemLength = 300;

    /// <exception cref="ContractException">Something needed is missing or of another type.</exception>
    public static (IReadOnlyList<FetchedDeployment> Deployments, bool HasMore) Deployments(byte[] body)
    {
        var list = Parse(body);
        var data = Array(list, "data").Select(Deployment).ToList();
        return (data, list["has_more"] is JValue { Type: JTokenType.Boolean } more ? (bool)more : throw Missing(list, "has_more"));
    }

    public static IssuedToken Token(byte[] body)
    {
        var issued = Parse(body);
        return DateTimeOffset.TryParse(Text(issued, "expires_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresAt)
            ? new IssuedToken(Text(issued, "token"), expiresAt)
            : throw Missing(issued, "expires_at");
    }

    public static EnrolledDevice Device(byte[] body)
    {
        var device = Parse(body);
        return new EnrolledDevice(Text(device, "id"), Text(device, "session_id"), Text(device, "name"));
    }

    /// <summary>What an error body says, or "" if it says nothing that can be read.</summary>
    public static string Problem(byte[] body)
    {
        try
        {
            var error = Parse(body)["error"] as JObject;
            var said = $"{error?["code"]}: {error?["message"]}";
            return error is null ? "" : OneLine(said.Length <= MaxProblemLength ? said : said[..MaxProblemLength]);
        }
        catch (ContractException)
        {
            return "";
        }
    }

    public static byte[] Report(StatusReport report)
    {
        var update = new JObject { ["activity_status"] = report.Activity.Word(), ["error_status"] = report.Error.Word() };
        if (report.DeployedAt is { } deployedAt)
        {
            update["deployed_at"] = Time(deployedAt);
        }

        if (report.ArchivedAt is { } archivedAt)
        {
            update["archived_at"] = Time(archivedAt);
        }

        return Bytes(update);
    }

    public static byte[] Provision(string publicKeyPem, string agentVersion, string name) =>
        Bytes(new JObject { ["public_key_pem"] = publicKeyPem, ["agent_version"] = agentVersion, ["name"] = name });

    public static byte[] Reprovision(string publicKeyPem, string agentVersion) =>
        Bytes(new JObject { ["public_key_pem"] = publicKeyPem, ["agent_version"] = agentVersion });

    public static byte[] Update(string agentVersion) => Bytes(new JObject { ["agent_version"] = agentVersion });

    private static FetchedDeployment Deployment(JToken token)
    {
        var deployment = token as JObject ?? throw new ContractException("an item of 'data' is not an object");
        var release = deployment["release"] is JObject expanded ? Text(expanded, "version") : Text(deployment, "release_id");
        return new FetchedDeployment(
            Identifier(deployment, "id"),
            release.Length <= MaxLabel ? release : release[..MaxLabel],
            Word<DeploymentTarget>(deployment, "target_status"),
            Word<DeploymentActivity>(deployment, "activity_status"),
            [.. Array(deployment, "config_instances").Select(Instance)]);
    }

    private static FetchedInstance Instance(JToken token)
    {
        var instance = token as JObject ?? throw new ContractException("an item of 'config_instances' is not an object");
        return new FetchedInstance(Identifier(instance, "id"), Text(instance, "config_type_name"), Text(instance, "filepath"));
    }

    private static JObject Parse(byte[] body)
    {
        try
        {
            using var text = new StreamReader(new MemoryStream(body), new UTF8Encoding(false, throwOnInvalidBytes: true));
            using var reader = new JsonTextReader(text) { MaxDepth = MaxDepth, DateParseHandling = DateParseHandling.None };
            return JObject.Load(reader);
        }
        catch (Exception malformed) when (malformed is JsonException or DecoderFallbackException)
        {
            // The parser's message would quote the body.
            throw new ContractException("the body is not a JSON object", malformed);
        }
    }

    /// <summary>A log line stays one, whatever a server says.</summary>
    private static string OneLine(string said) => string.Concat(said.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Text(JObject from, string name) =>
        from[name] is JValue { Type: JTokenType.String, Value: string { Length: > 0 } text } ? text : throw Missing(from, name);

    private static string Identifier(JObject from, string name) => Text(from, name) is { Length: <= MaxLabel } id ? id : throw Missing(from, name);

    private static JArray Array(JObject from, string name) => from[name] as JArray ?? throw Missing(from, name);

    private static T Word<T>(JObject from, string name)
        where T : struct, Enum =>
        DeploymentWords.TryRead<T>(Text(from, name), out var value) ? value : throw Missing(from, name);

    private static ContractException Missing(JObject from, string name) =>
        new($"'{(from.Path.Length == 0 ? name : $"{from.Path}.{name}")}' is missing or not what the contract says");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Bytes(JObject body) => Encoding.UTF8.GetBytes(body.ToString(Formatting.None));
}
