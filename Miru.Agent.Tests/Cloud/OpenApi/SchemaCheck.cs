using System.Collections.Concurrent;
using Newtonsoft.Json.Linq;
using NJsonSchema;

namespace Miru.Agent.Tests.Cloud.OpenApi;

/// <summary>Holds JSON against the schemas of a document. Stricter than a client may be: what a schema does not name is a finding.</summary>
internal sealed class SchemaCheck(ApiDocument document)
{
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new();

    /// <summary>What is wrong with it; empty if nothing is.</summary>
    public IEnumerable<string> Problems(JToken schema, string json)
    {
        var known = _schemas.GetOrAdd(schema.ToString(), _ => Compile(schema));
        try
        {
            return known.Validate(json).Select(error => error.ToString());
        }
        catch (Newtonsoft.Json.JsonException)
        {
            return ["not JSON"];
        }
    }

    private JsonSchema Compile(JToken schema)
    {
        var root = new JObject { ["definitions"] = Plain(document.Schemas), ["allOf"] = new JArray(Plain(schema)) };
        return JsonSchema.FromJsonAsync(root.ToString()).GetAwaiter().GetResult();
    }

    /// <summary>OpenAPI's dialect in JSON Schema's words.</summary>
    private static JToken Plain(JToken token)
    {
        if (token is JArray items)
        {
            return new JArray(items.Select(Plain));
        }

        if (token is not JObject members)
        {
            return token is JValue { Type: JTokenType.String } text ? ((string)text!).Replace("#/components/schemas/", "#/definitions/") : token.DeepClone();
        }

        var plain = new JObject(members.Properties().Where(one => one.Name is not "nullable").Select(one => new JProperty(one.Name, Plain(one.Value))));
        if (plain["properties"] is JObject && plain["type"]?.Type == JTokenType.String)
        {
            plain["additionalProperties"] ??= false;
        }

        return members["nullable"]?.Type != JTokenType.Boolean || !(bool)members["nullable"]! ? plain
            : plain["type"] is { } type ? With(plain, "type", new JArray(type, "null"))
            : new JObject { ["oneOf"] = new JArray(new JObject { ["type"] = "null" }, plain) };
    }

    private static JObject With(JObject schema, string name, JToken value)
    {
        schema[name] = value;
        return schema;
    }
}
