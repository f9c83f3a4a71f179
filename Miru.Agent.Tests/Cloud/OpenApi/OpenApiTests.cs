using System.Net;
using Miru.Agent.Tests.Cloud.ControlPlane;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Miru.Agent.Tests.Cloud.OpenApi;

public sealed class OpenApiTests
{
    private const string Where = "/agent/v1/deployments";

    [Theory]
    [InlineData("GET", Where + "?limit=100&offset=0&activity_status=queued,deployed&expand=release", "", null)]
    [InlineData("GET", Where + "?limit=101", "", "limit")]
    [InlineData("GET", Where + "?page=2", "", "no parameter page")]
    [InlineData("GET", Where + "?activity_status=queued,asleep", "", "activity_status")]
    [InlineData("GET", Where + "/dpl_1/history", "", "no such operation")]
    [InlineData("PATCH", Where + "/dpl_1", """{"activity_status":"deployed"}""", null)]
    [InlineData("PATCH", Where + "/dpl_1", """{"activity_status":"asleep"}""", "activity_status")]
    [InlineData("PATCH", Where + "/dpl_1", """{"deployed_at":"yesterday"}""", "deployed_at")]
    [InlineData("PATCH", Where + "/dpl_1", """{"mood":"fine"}""", "mood")]
    [InlineData("POST", "/agent/v1/devices/provision", """{"public_key_pem":"x","agent_version":"v1"}""", "name")]
    public void The_guard_sees_a_request_that_the_document_does_not_have(string method, string path, string body, string? problem)
    {
        var problems = ContractGuard.RequestProblems(method, path, header => header switch { "Miru-Version" => "v0.4", "Authorization" => "Bearer x", _ => null }, body).ToList();

        if (problem is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.Contains(problem, string.Join(' ', problems));
        }
    }

    [Fact]
    public void The_guard_misses_the_headers_that_must_be_there() =>
        Assert.Equal(["Miru-Version is missing", "no bearer"], ContractGuard.RequestProblems("GET", "/agent/v1/device", _ => null, ""));

    [Theory]
    [InlineData("""{"token":"t","expires_at":"2030-01-01T00:00:00Z"}""", 200, null)]
    [InlineData("""{"token":"t","expires_at":"2030-01-01T00:00:00Z","extra":1}""", 200, "extra")]
    [InlineData("""{"token":"t"}""", 200, "expires_at")]
    [InlineData("""{"token":7,"expires_at":"2030-01-01T00:00:00Z"}""", 200, "token")]
    [InlineData("""{"error":{"code":"c","params":{"any":1},"message":"m"}}""", 401, null)]
    [InlineData("""{"error":"m"}""", 401, "error")]
    [InlineData("", 201, "a status that is not there")]
    public async Task The_guard_sees_an_answer_that_the_document_does_not_have(string body, int status, string? problem)
    {
        var answer = await Answer.ReadAsync(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) });
        var problems = ContractGuard.AnswerProblems("POST", "/agent/v1/devices/token", answer).ToList();

        if (problem is null)
        {
            Assert.Empty(problems);
        }
        else
        {
            Assert.Contains(problem, string.Join(' ', problems));
        }
    }

    /// <summary>Path by path, field by field: what is not marked as an addition is the contract's, and nothing of the contract but MQTT is left out.</summary>
    [ContractFact]
    public void The_document_agrees_with_the_contract()
    {
        var theirs = ApiDocument.Load(ContractFactAttribute.File!);
        var ours = ApiDocument.Agent;
        var findings = new List<string>();
        var covered = ours.Operations.Select(one => (one.Path, one.Method)).ToHashSet();
        findings.AddRange(theirs.Operations
            .Where(one => !covered.Contains((one.Path, one.Method)) && one.Operation["tags"]?.First?.ToString() != "MQTT")
            .Select(one => $"{one.Method} {one.Path} is left out"));
        foreach (var (path, method, operation) in ours.Operations)
        {
            if (theirs.Find(method, path) is not { } found)
            {
                findings.Add($"{method} {path} is ours alone");
                continue;
            }

            Compare($"{method} {path} parameters", Declared(ours, path, operation), Declared(theirs, path, found.Operation), findings);
            Compare($"{method} {path} body", Body(ours, operation["requestBody"]), Body(theirs, found.Operation["requestBody"]), findings);
            Compare($"{method} {path} answer", Body(ours, operation["responses"]!["200"]), Body(theirs, found.Operation["responses"]!["200"]), findings);
            Compare($"{method} {path} security", operation["security"] ?? new JArray(), found.Operation["security"] ?? new JArray(), findings);
        }

        Assert.Empty(findings);
    }

    private static JToken Declared(ApiDocument document, string path, JObject operation) => new JArray(
        document.Parameters(path, operation)
            .Where(one => one[ApiDocument.Addition] is null)
            .OrderBy(one => (string?)one["name"], StringComparer.Ordinal)
            .Select(one => new JObject { ["name"] = one["name"], ["in"] = one["in"], ["required"] = one["required"], ["explode"] = one["explode"], ["schema"] = document.Canonical(one["schema"]!) }));

    private static JToken Body(ApiDocument document, JToken? holder) =>
        new JArray((holder?["content"] as JObject)?.Properties().Select(one => new JObject { [one.Name] = document.Canonical(one.Value["schema"]!) }) ?? []);

    private static void Compare(string what, JToken ours, JToken theirs, List<string> findings)
    {
        if (!JToken.DeepEquals(ours, theirs))
        {
            findings.Add($"{what}: ours {ours.ToString(Newtonsoft.Json.Formatting.None)} theirs {theirs.ToString(Newtonsoft.Json.Formatting.None)}");
        }
    }
}
