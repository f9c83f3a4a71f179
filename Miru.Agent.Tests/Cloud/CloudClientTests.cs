using System.Net;
using System.Net.Http.Headers;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Settings;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

public sealed class CloudClientTests
{
    private const string EmptyList = """{"object":"list","limit":100,"offset":0,"has_more":false,"data":[]}""";

    private static readonly StatusReport Report = new(1, "dpl_1", DeploymentActivity.Deployed, DeploymentError.None, DateTimeOffset.UnixEpoch, null);

    [Fact]
    public async Task Every_request_says_who_asks_and_by_which_contract()
    {
        var server = new ScriptedServer(_ => ScriptedServer.Json(EmptyList));

        await ListAsync(server);

        var request = Assert.Single(server.Requests);
        Assert.Equal("v0.4", request.Headers.GetValues("Miru-Version").Single());
        Assert.Equal("dotnet", request.Headers.GetValues("Miru-Agent-Language").Single());
        Assert.Equal("Bearer token", request.Headers.Authorization!.ToString());
        Assert.Equal("/agent/v1/deployments", request.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task A_held_list_names_the_tag_it_has_and_the_wait_it_wishes()
    {
        var server = new ScriptedServer(_ =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.NotModified);
            response.Headers.TryAddWithoutValidation("ETag", "W/\"7\"");
            response.Headers.Add("Preference-Applied", "wait=50");
            return response;
        });
        using var client = Client(server);

        var result = await client.ListDeploymentsAsync("token", 0, "W/\"7\"", TimeSpan.FromSeconds(50), CancellationToken.None);

        Assert.Equal((true, true, "W/\"7\""), (result.Value!.NotModified, result.Value.WaitApplied, result.Value.Tag));
        var request = Assert.Single(server.Requests);
        Assert.Equal("W/\"7\"", request.Headers.GetValues("If-None-Match").Single());
        Assert.Equal("wait=50", request.Headers.GetValues("Prefer").Single());
    }

    [Fact]
    public async Task A_list_is_read_with_its_release_and_its_instances_and_unknown_members_are_ignored()
    {
        var server = new ScriptedServer(_ => ScriptedServer.Json(
            """
            {"object":"list","has_more":true,"surprise":{"a":[1]},"data":[{"id":"dpl_1","target_status":"deployed","activity_status":"queued","release_id":"rls_1",
             "release":{"version":"v1.2.3"},"config_instances":[{"id":"inst_1","config_type_name":"Motion Control","filepath":"/srv/miru/a.json","new":1}]}]}
            """));

        var page = (await ListAsync(server)).Value!;

        Assert.True(page.HasMore);
        var deployment = Assert.Single(page.Deployments);
        Assert.Equal(("dpl_1", "v1.2.3", DeploymentTarget.Deployed, DeploymentActivity.Queued), (deployment.Id, deployment.Release, deployment.Target, deployment.Activity));
        Assert.Equal(new FetchedInstance("inst_1", "Motion Control", "/srv/miru/a.json"), Assert.Single(deployment.Instances));
    }

    [Theory]
    [InlineData("<html>captive portal</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"has_more":"no","data":[]}""")]
    [InlineData("""{"has_more":false,"data":{}}""")]
    [InlineData("""{"has_more":false,"data":[7]}""")]
    [InlineData("""{"has_more":false,"data":[{"id":7,"target_status":"deployed","activity_status":"queued","release_id":"r","config_instances":[]}]}""")]
    [InlineData("""{"has_more":false,"data":[{"id":"d","target_status":"wished","activity_status":"queued","release_id":"r","config_instances":[]}]}""")]
    [InlineData("""{"has_more":false,"data":[{"id":"d","target_status":"deployed","activity_status":"queued","release_id":"r"}]}""")]
    public async Task An_answer_that_does_not_follow_the_contract_is_tried_again_later(string body)
    {
        var result = await ListAsync(new ScriptedServer(_ => ScriptedServer.Json(body)));

        Assert.Equal(FailureKind.RetryLater, result.Failure!.Kind);
        Assert.Contains("does not follow the contract", result.Failure.Reason);
        Assert.DoesNotContain("captive", result.Failure.Reason);
    }

    [Theory]
    [InlineData(400, FailureKind.Stop)]
    [InlineData(401, FailureKind.RefreshToken)]
    [InlineData(403, FailureKind.Stop)]
    [InlineData(404, FailureKind.Stop)]
    [InlineData(408, FailureKind.RetryLater)]
    [InlineData(409, FailureKind.RetryLater)]
    [InlineData(425, FailureKind.RetryLater)]
    [InlineData(429, FailureKind.RetryLater)]
    [InlineData(302, FailureKind.Stop)]
    [InlineData(500, FailureKind.RetryLater)]
    [InlineData(503, FailureKind.RetryLater)]
    [InlineData(599, FailureKind.RetryLater)]
    public async Task Every_status_has_one_thing_to_do(int status, object kind)
    {
        var result = await ListAsync(new ScriptedServer(_ => new HttpResponseMessage((HttpStatusCode)status)));

        Assert.Equal(kind, result.Failure!.Kind);
        Assert.Contains(status.ToString(), result.Failure.Reason);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task A_report_the_cloud_has_no_use_for_is_settled(int status)
    {
        using var client = Client(new ScriptedServer(_ => new HttpResponseMessage((HttpStatusCode)status)));

        Assert.Equal(FailureKind.Ignore, (await client.ReportAsync("token", Report, CancellationToken.None)).Failure!.Kind);
    }

    [Fact]
    public async Task A_report_is_sent_in_the_contracts_words()
    {
        var sent = "";
        var server = new ScriptedServer(async (request, cancellation) =>
        {
            sent = await request.Content!.ReadAsStringAsync(cancellation);
            return ScriptedServer.Json("{}");
        });
        using var client = Client(server);

        await client.ReportAsync("token", Report, CancellationToken.None);

        Assert.Equal("""{"activity_status":"deployed","error_status":"none","deployed_at":"1970-01-01T00:00:00.000Z"}""", sent);
        Assert.Equal(HttpMethod.Patch, server.Requests[0].Method);
    }

    [Fact]
    public async Task The_servers_wish_for_patience_is_heard()
    {
        var result = await ListAsync(new ScriptedServer(_ =>
        {
            var response = ScriptedServer.Json(HttpStatusCode.TooManyRequests, """{"error":{"code":"slow_down","params":{},"message":"Too fast."}}""");
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(17));
            return response;
        }));

        Assert.Equal(TimeSpan.FromSeconds(17), result.Failure!.RetryAfter);
        Assert.Contains("slow_down: Too fast.", result.Failure.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_config_beyond_the_limit_is_given_up_whether_or_not_its_length_was_announced(bool announced)
    {
        var settings = Settings();
        var body = new MemoryStream(new byte[settings.MaxConfigSize + 1]);
        var server = new ScriptedServer(_ => new HttpResponseMessage
        {
            Content = announced ? new ByteArrayContent(body.ToArray()) : new StreamContent(new UnseekableStream(body)),
        });
        using var client = Client(server);

        var result = await client.DownloadAsync("token", "inst_1", null, CancellationToken.None);

        Assert.True(result.Failure!.IsTooLarge);
        Assert.True(body.Position <= settings.MaxConfigSize + 1);
    }

    [Fact]
    public async Task A_config_of_exactly_the_limit_is_read()
    {
        using var client = Client(new ScriptedServer(_ => new HttpResponseMessage { Content = new ByteArrayContent(new byte[Settings().MaxConfigSize]) }));

        Assert.Equal(Settings().MaxConfigSize, (await client.DownloadAsync("token", "inst_1", null, CancellationToken.None)).Value!.Content.Length);
    }

    [Fact]
    public async Task A_network_that_fails_is_tried_again_later_and_said_in_its_own_words()
    {
        var result = await ListAsync(new ScriptedServer(_ => throw new HttpRequestException("outer", new IOException("No route to host"))));

        Assert.Equal((FailureKind.RetryLater, "the cloud cannot be reached: No route to host"), (result.Failure!.Kind, result.Failure.Reason));
    }

    [Fact]
    public async Task A_server_that_never_answers_costs_the_deadline_and_no_more()
    {
        var time = new VirtualTime();
        var server = new ScriptedServer(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            throw new InvalidOperationException();
        });
        using var client = new CloudClient(Settings(), server, time);

        var listing = client.ListDeploymentsAsync("token", 0, "W/\"7\"", TimeSpan.FromSeconds(50), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(79));
        Assert.False(listing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(FailureKind.RetryLater, (await listing).Failure!.Kind);
    }

    [Fact]
    public async Task A_transfer_that_broke_off_is_continued_where_it_ended()
    {
        byte[] whole = [1, 2, 3, 4, 5, 6, 7, 8];
        var server = new ScriptedServer(request => request.Headers.Range is { } range ? Rest(whole, (int)range.Ranges.Single().From!) : BrokenOff(whole[..5]));
        using var client = Client(server);

        var broken = (await client.DownloadAsync("token", "inst_1", null, CancellationToken.None)).Failure!;
        Assert.Equal([1, 2, 3, 4, 5], broken.Partial!.Bytes);
        var download = await client.DownloadAsync("token", "inst_1", broken.Partial, CancellationToken.None);

        Assert.Equal(whole, download.Value!.Content);
        Assert.Equal("bytes=5-", server.Requests[1].Headers.Range!.ToString());
        Assert.Equal("\"v1\"", server.Requests[1].Headers.GetValues("If-Range").Single());
    }

    [Fact]
    public async Task A_content_that_is_another_by_now_is_taken_from_its_beginning()
    {
        var server = new ScriptedServer(_ => new HttpResponseMessage { Content = new ByteArrayContent([9, 9]) });
        using var client = Client(server);

        var download = await client.DownloadAsync("token", "inst_1", new PartialContent("\"v1\"", [1, 2, 3]), CancellationToken.None);

        Assert.Equal([9, 9], download.Value!.Content);
    }

    [Theory]
    [InlineData(4, "\"v1\"")]
    [InlineData(5, "\"v2\"")]
    public async Task A_part_that_does_not_fit_is_not_put_on(int from, string tag)
    {
        using var client = Client(new ScriptedServer(_ => Rest([1, 2, 3, 4, 5, 6, 7, 8], from, tag)));

        var failure = (await client.DownloadAsync("token", "inst_1", new PartialContent("\"v1\"", [1, 2, 3, 4, 5]), CancellationToken.None)).Failure!;

        Assert.Contains("another part", failure.Reason);
        Assert.Null(failure.Partial);
    }

    [Fact]
    public async Task Without_a_strong_tag_there_is_nothing_to_continue()
    {
        using var client = Client(new ScriptedServer(_ => BrokenOff([1, 2], "W/\"v1\"")));

        Assert.Null((await client.DownloadAsync("token", "inst_1", null, CancellationToken.None)).Failure!.Partial);
    }

    [Theory]
    [InlineData("sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:", true)]
    [InlineData("SHA-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:", true)]
    [InlineData("sha-512=:AAAA:, sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:", true)]
    [InlineData("sha-512=:AAAA:", true)]
    [InlineData("sha-256=:AAAAo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:", false)]
    [InlineData("sha-256=garbage", true)]
    public async Task A_config_has_the_digest_that_came_with_it(string digest, bool accepted)
    {
        using var client = Client(new ScriptedServer(_ =>
        {
            var response = new HttpResponseMessage { Content = new StringContent("{}") };
            response.Headers.TryAddWithoutValidation("Repr-Digest", digest);
            return response;
        }));

        Assert.Equal(accepted, (await client.DownloadAsync("token", "inst_1", null, CancellationToken.None)).Value is not null);
    }

    [Fact]
    public async Task A_token_that_a_server_repeats_does_not_reach_the_log()
    {
        using var client = Client(new ScriptedServer(_ => ScriptedServer.Json(
            HttpStatusCode.Unauthorized, """{"error":{"code":"bad_token","params":{},"message":"'s3cret' is\nnot known"}}""")));

        var failure = (await client.ListDeploymentsAsync("s3cret", 0, null, TimeSpan.Zero, CancellationToken.None)).Failure!;

        Assert.Contains("bad_token: '***' is not known", failure.Reason);
    }

    [Theory]
    [InlineData("\"caf\u00e9\"")]
    [InlineData("\"two words\"")]
    public async Task A_tag_that_cannot_be_sent_back_is_none(string tag)
    {
        var result = await ListAsync(new ScriptedServer(_ =>
        {
            var response = ScriptedServer.Json(EmptyList);
            response.Headers.TryAddWithoutValidation("ETag", tag);
            return response;
        }));

        Assert.Null(result.Value!.Tag);
    }

    [Fact]
    public async Task The_circuit_opens_when_nobody_gets_an_answer_and_closes_with_the_first()
    {
        var status = HttpStatusCode.BadGateway;
        using var client = Client(new ScriptedServer(_ => ScriptedServer.Json(status, EmptyList)));
        for (var failure = 0; failure < 3; failure++)
        {
            Assert.False(client.IsCircuitOpen);
            await client.ListDeploymentsAsync("token", 0, null, TimeSpan.Zero, CancellationToken.None);
        }

        Assert.True(client.IsCircuitOpen);
        status = HttpStatusCode.Forbidden;
        await client.ListDeploymentsAsync("token", 0, null, TimeSpan.Zero, CancellationToken.None);
        Assert.False(client.IsCircuitOpen);
    }

    private static HttpResponseMessage BrokenOff(byte[] start, string tag = "\"v1\"")
    {
        var response = new HttpResponseMessage { Content = new StreamContent(new BreakingStream(start)) };
        response.Headers.TryAddWithoutValidation("ETag", tag);
        return response;
    }

    private static HttpResponseMessage Rest(byte[] whole, int from, string tag = "\"v1\"")
    {
        var response = new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new ByteArrayContent(whole[from..]) };
        response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, whole.Length - 1, whole.Length);
        response.Headers.TryAddWithoutValidation("ETag", tag);
        return response;
    }

    private static CloudSettings Settings() => AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud;

    private static CloudClient Client(HttpMessageHandler server) => new(Settings(), server, TimeProvider.System);

    private static async Task<CloudResult<DeploymentPage>> ListAsync(ScriptedServer server)
    {
        using var client = Client(server);
        return await client.ListDeploymentsAsync("token", 0, null, TimeSpan.Zero, CancellationToken.None);
    }
}
