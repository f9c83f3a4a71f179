using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Miru.Agent.Tests.Cloud.ControlPlane;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Miru.Agent.Tests.Cloud.OpenApi;

/// <summary>
/// Stands in the doubles of the other tests, so that every request the agent makes in any of them, and every answer of Miru.Cloud, is held
/// against the documents in <c>docs/openapi</c>.
/// </summary>
internal static class ContractGuard
{
    private const string AgentApi = "/agent/v1";
    private const string AdminApi = "/admin/v1";

    private static readonly SchemaCheck AgentSchemas = new(ApiDocument.Agent);
    private static readonly SchemaCheck AdminSchemas = new(ApiDocument.Admin);

    /// <summary>Requires that the agent may ask this.</summary>
    /// <param name="pathAndQuery">With the prefix of the API.</param>
    /// <param name="header">Looks a header up.</param>
    public static void RequireRequest(string method, string pathAndQuery, Func<string, string?> header, string body)
    {
        var problems = RequestProblems(method, pathAndQuery, header, body).ToList();
        Assert.True(problems.Count == 0, $"{method} {pathAndQuery} is not in docs/openapi/agent.yaml: {string.Join("; ", problems)}");
    }

    /// <summary>Requires that Miru.Cloud may answer this.</summary>
    public static void RequireAnswer(HttpMethod method, string path, Answer answer)
    {
        var problems = AnswerProblems(method.Method, "/" + path.Split('?')[0], answer).ToList();
        Assert.True(problems.Count == 0, $"The answer {(int)answer.Status} to {method} {path} is not in docs/openapi: {string.Join("; ", problems)}: {answer.Text}");
    }

    internal static IEnumerable<string> RequestProblems(string method, string pathAndQuery, Func<string, string?> header, string body)
    {
        var parts = pathAndQuery.Split('?', 2);
        if (!parts[0].StartsWith(AgentApi, StringComparison.Ordinal) || ApiDocument.Agent.Find(method, parts[0][AgentApi.Length..]) is not { } found)
        {
            return ["no such operation"];
        }

        var parameters = ApiDocument.Agent.Parameters(found.Template, found.Operation);
        var headers = parameters.Where(one => (string?)one["in"] == "header").SelectMany(one => HeaderProblems(one, (string)one["name"]!, header((string)one["name"]!)));
        var query = (parts.Length > 1 ? parts[1].Split('&') : []).SelectMany(pair => QueryProblems(parameters, pair));
        var bearer = header("Authorization")?.StartsWith("Bearer ", StringComparison.Ordinal) == true ? Array.Empty<string>() : ["no bearer"];
        var content = found.Operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? AgentSchemas.Problems(schema, body)
            : body.Length > 0 ? ["a body nobody asked for"] : [];
        return [.. headers, .. query, .. bearer, .. content];
    }

    internal static IEnumerable<string> AnswerProblems(string method, string path, Answer answer)
    {
        var (document, schemas, prefix) = path.StartsWith(AdminApi, StringComparison.Ordinal)
            ? (ApiDocument.Admin, AdminSchemas, AdminApi)
            : (ApiDocument.Agent, AgentSchemas, AgentApi);
        if (document.Find(method, path.Length > prefix.Length ? path[prefix.Length..] : "") is not { } found)
        {
            return answer.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest
                ? schemas.Problems(new JObject { ["$ref"] = "#/components/schemas/ErrorResponse" }, answer.Text)
                : ["no such operation"];
        }

        if (document.Response(found.Operation, (int)answer.Status) is not { } response)
        {
            return ["a status that is not there"];
        }

        var headers = (response["headers"] as JObject)?.Properties().SelectMany(one => HeaderProblems((JObject)one.Value, one.Name, answer.Header(one.Name))) ?? [];
        var body = response["content"]?["application/json"]?["schema"] is { } schema ? schemas.Problems(schema, answer.Text)
            : response["content"] is null && answer.Body.Length > 0 ? ["a body that is not there"] : [];
        return [.. headers, .. body];
    }

    private static IEnumerable<string> HeaderProblems(JObject declared, string name, string? value)
    {
        if (value is null)
        {
            return (bool?)declared["required"] == true ? [$"{name} is missing"] : [];
        }

        return (string?)declared["schema"]?["pattern"] is { } pattern && !Regex.IsMatch(value, pattern) ? [$"{name} is '{value}'"] : [];
    }

    private static IEnumerable<string> QueryProblems(IReadOnlyList<JObject> parameters, string pair)
    {
        var (name, value) = pair.Split('=', 2) is [var n, var v] ? (n, Uri.UnescapeDataString(v)) : (pair, "");
        var schema = parameters.FirstOrDefault(one => (string?)one["in"] == "query" && (string?)one["name"] == name)?["schema"];
        if (schema is null)
        {
            return [$"no parameter {name}"];
        }

        var json = (string?)schema["type"] switch
        {
            "array" => new JArray(value.Split(',')).ToString(),
            "integer" => value,
            _ => new JValue(value).ToString(Newtonsoft.Json.Formatting.None),
        };
        return AgentSchemas.Problems(schema, json).Select(problem => $"{name}: {problem}");
    }
}
