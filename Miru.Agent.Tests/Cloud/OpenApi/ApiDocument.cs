using Miru.Agent.Tests.Doubles;
using Newtonsoft.Json.Linq;
using YamlDotNet.Serialization;

namespace Miru.Agent.Tests.Cloud.OpenApi;

/// <summary>An OpenAPI document, with its references resolved where they are looked at.</summary>
internal sealed class ApiDocument
{
    /// <summary>Marks what the contract does not have.</summary>
    public const string Addition = "x-miru-addition";

    private readonly JObject _root;

    private ApiDocument(JObject root) => _root = root;

    public static ApiDocument Agent { get; } = Load(SourceTree.File("docs", "openapi", "agent.yaml"));

    public static ApiDocument Admin { get; } = Load(SourceTree.File("docs", "openapi", "admin.yaml"));

    public IEnumerable<(string Path, string Method, JObject Operation)> Operations =>
        from path in ((JObject)_root["paths"]!).Properties()
        from operation in ((JObject)path.Value).Properties()
        where operation.Name is "get" or "post" or "patch" or "put" or "delete"
        select (path.Name, operation.Name, (JObject)operation.Value);

    public JObject Schemas => (JObject)_root["components"]!["schemas"]!;

    public static ApiDocument Load(string file)
    {
        using var text = File.OpenText(file);
        var graph = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(text);
        return new ApiDocument(JObject.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(graph)));
    }

    /// <summary>The operation that serves a path, or null.</summary>
    public (string Template, JObject Operation)? Find(string method, string path)
    {
        var segments = path.Split('/');
        foreach (var (template, verb, operation) in Operations.OrderBy(one => one.Path.Contains('{')))
        {
            var parts = template.Split('/');
            if (verb.Equals(method, StringComparison.OrdinalIgnoreCase) && parts.Length == segments.Length
                && parts.Zip(segments).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0)))
            {
                return (template, operation);
            }
        }

        return null;
    }

    /// <summary>The parameters of an operation, those of its path included.</summary>
    public IReadOnlyList<JObject> Parameters(string template, JObject operation) =>
        [.. new[] { _root["paths"]![template]!["parameters"], operation["parameters"] }.OfType<JArray>().SelectMany(list => list).Select(Resolve)];

    public JObject? Response(JObject operation, int status) =>
        (operation["responses"]![status.ToString()] ?? (status >= 400 ? operation["responses"]!["default"] : null)) is { } response ? Resolve(response) : null;

    public JObject Resolve(JToken token) =>
        (string?)token["$ref"] is { } reference ? Resolve(_root.SelectToken(reference[2..].Replace('/', '.'))!) : (JObject)token;

    /// <summary>A schema with its references and compositions written out, without words for people.</summary>
    public JToken Canonical(JToken schema)
    {
        var resolved = Resolve(schema);
        var flat = new JObject();
        foreach (var part in resolved["allOf"] as JArray ?? [])
        {
            Merge(flat, (JObject)Canonical(part));
        }

        var own = new JObject();
        foreach (var property in resolved.Properties())
        {
            switch (property.Name)
            {
                case "allOf" or "description" or "example" or "title":
                    break;
                case "properties":
                    own["properties"] = new JObject(((JObject)property.Value).Properties().Select(one => new JProperty(one.Name, Canonical(one.Value))));
                    break;
                case "items":
                    own["items"] = Canonical(property.Value);
                    break;
                default:
                    own[property.Name] = property.Value;
                    break;
            }
        }

        Merge(flat, own);
        return Sorted(flat);
    }

    private static void Merge(JObject into, JObject from) =>
        into.Merge(from, new JsonMergeSettings { MergeArrayHandling = MergeArrayHandling.Union });

    private static JToken Sorted(JToken token) => token switch
    {
        JObject members => new JObject(members.Properties().OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => new JProperty(one.Name, Sorted(one.Value)))),
        JArray items => new JArray(items.OrderBy(item => item.ToString(), StringComparer.Ordinal)),
        _ => token,
    };
}
