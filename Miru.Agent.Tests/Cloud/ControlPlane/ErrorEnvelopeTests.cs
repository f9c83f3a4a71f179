using System.Net;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class ErrorEnvelopeTests
{
    private static readonly (string, string) Version = ("Miru-Version", "v0.4");

    [Theory]
    [InlineData("GET", "", HttpStatusCode.NotFound, "route_not_found")]
    [InlineData("GET", "nothing/here", HttpStatusCode.NotFound, "route_not_found")]
    [InlineData("GET", "agent/v1/nothing", HttpStatusCode.NotFound, "route_not_found")]
    [InlineData("GET", "agent/v1/cmd/devices/dvc_1/sync", HttpStatusCode.NotFound, "route_not_found")]
    [InlineData("GET", "admin/v1/nothing", HttpStatusCode.NotFound, "route_not_found")]
    [InlineData("POST", "agent/v1/version", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    [InlineData("DELETE", "admin/v1/devices", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    public async Task A_path_or_method_that_is_not_ours(string method, string path, HttpStatusCode status, string code)
    {
        await using var cloud = await TestCloud.StartAsync();

        (await cloud.SendAsync(new HttpMethod(method), path, TestCloud.AdminKey, body: null, Version)).Refused(status, code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("v0.5")]
    [InlineData("")]
    public async Task A_missing_or_other_contract_version(string? version)
    {
        await using var cloud = await TestCloud.StartAsync();

        foreach (var path in new[] { "agent/v1/version", "agent/v1/deployments", "agent/v1/nothing" })
        {
            var answer = await cloud.SendAsync(HttpMethod.Get, path, bearer: null, body: null, version is null ? [] : [("Miru-Version", version)]);
            answer.Refused(HttpStatusCode.BadRequest, "unsupported_api_version");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"device_name\":7}")]
    [InlineData("{} {}")]
    [InlineData("<html>")]
    public async Task A_body_that_is_not_the_json_asked_for(string body)
    {
        await using var cloud = await TestCloud.StartAsync();

        (await cloud.AdminAsync(HttpMethod.Post, "/provisioning-tokens", body)).Refused(HttpStatusCode.BadRequest, "invalid_json");
    }

    [Fact]
    public async Task A_body_larger_than_the_path_takes()
    {
        await using var cloud = await TestCloud.StartAsync();
        var body = $$"""{"device_name":"{{new string('x', 64 * 1024)}}"}""";

        (await cloud.AdminAsync(HttpMethod.Post, "/provisioning-tokens", body)).Refused(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    public async Task Another_kind_of_authorization(string authorization)
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await cloud.SendAsync(HttpMethod.Get, "agent/v1/device", bearer: null, body: null, Version, ("Authorization", authorization));

        answer.Refused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task An_overlong_credential()
    {
        await using var cloud = await TestCloud.StartAsync();

        (await cloud.AgentAsync(HttpMethod.Get, "/device", new string('a', 9000))).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("the-admin-key-of-the-test")]
    [InlineData("THE-ADMIN-KEY-OF-THE-TESTS")]
    public async Task A_wrong_admin_key_also_where_there_is_nothing(string key)
    {
        await using var cloud = await TestCloud.StartAsync();

        foreach (var path in new[] { "admin/v1/devices", "admin/v1/nothing" })
        {
            var answer = await cloud.SendAsync(HttpMethod.Get, path, bearer: key == "" ? null : key);
            answer.Refused(HttpStatusCode.Unauthorized, key == "" ? "unauthenticated" : "admin_key_invalid");
        }
    }
}
