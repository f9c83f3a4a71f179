using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class DeviceTokenTests
{
    /// <summary>One way each to break the contract's rules for the self-signed JWT.</summary>
    private static readonly Dictionary<string, (string Code, Action<JsonObject, JsonObject> Spoil)> Spoilers = new()
    {
        ["alg none"] = ("device_jwt_invalid", (header, _) => header["alg"] = "none"),
        ["alg of another family"] = ("device_jwt_invalid", (header, _) => header["alg"] = "HS512"),
        ["alg in the wrong case"] = ("device_jwt_invalid", (header, _) => header["alg"] = "rs512"),
        ["no alg"] = ("device_jwt_invalid", (header, _) => header.Remove("alg")),
        ["an embedded key"] = ("device_jwt_invalid", (header, _) => header["jwk"] = new JsonObject()),
        ["a key by URL"] = ("device_jwt_invalid", (header, _) => header["jku"] = "https://example.com"),
        ["a certificate chain"] = ("device_jwt_invalid", (header, _) => header["x5c"] = new JsonArray()),
        ["critical extensions"] = ("device_jwt_invalid", (header, _) => header["crit"] = new JsonArray("exp")),
        ["no kid"] = ("device_jwt_invalid", (header, _) => header.Remove("kid")),
        ["a kid in upper case"] = ("device_jwt_invalid", (header, _) => header["kid"] = header["kid"]!.GetValue<string>().ToUpperInvariant()),
        ["a short kid"] = ("device_jwt_invalid", (header, _) => header["kid"] = "abc"),
        ["the kid of nobody"] = ("device_key_unknown", (header, _) => header["kid"] = new string('0', 64)),
        ["no jti"] = ("device_jwt_invalid", (_, payload) => payload.Remove("jti")),
        ["an empty jti"] = ("device_jwt_invalid", (_, payload) => payload["jti"] = ""),
        ["a huge jti"] = ("device_jwt_invalid", (_, payload) => payload["jti"] = new string('x', 129)),
        ["a jti that is no text"] = ("device_jwt_invalid", (_, payload) => payload["jti"] = 7),
        ["no iat"] = ("device_jwt_invalid", (_, payload) => payload.Remove("iat")),
        ["no exp"] = ("device_jwt_invalid", (_, payload) => payload.Remove("exp")),
        ["an exp in words"] = ("device_jwt_invalid", (_, payload) => payload["exp"] = "tomorrow"),
        ["an exp beyond time"] = ("device_jwt_invalid", (_, payload) => payload["exp"] = 1e300),
        ["an iat before time"] = ("device_jwt_invalid", (_, payload) => payload["iat"] = -1e18),
        ["too long a life"] = ("device_jwt_invalid", (_, payload) => Shift(payload, "exp", 1)),
        ["no life"] = ("device_jwt_invalid", (_, payload) => Shift(payload, "exp", -120)),
        ["an end before its begin"] = ("device_jwt_invalid", (_, payload) => Shift(payload, "exp", -121)),
        ["a past life"] = ("device_jwt_expired", (_, payload) => ShiftAll(payload, -136)),
        ["a future life"] = ("device_jwt_expired", (_, payload) => ShiftAll(payload, 16)),
    };

    public static TheoryData<string> SpoilerNames => [.. Spoilers.Keys];

    [Theory]
    [MemberData(nameof(SpoilerNames))]
    public async Task Refuses_a_jwt_with(string what)
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var (code, spoil) = Spoilers[what];

        var answer = await cloud.AgentAsync(HttpMethod.Post, "/devices/token", device.Key.Jwt(cloud.Time.GetUtcNow(), spoil));

        answer.Refused(HttpStatusCode.Unauthorized, code);
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("W10.W10.AA")]
    [InlineData("e30.e30.AA.AA")]
    [InlineData("!!!.???.***")]
    public async Task Refuses_what_is_no_jwt(string credential)
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await cloud.SendAsync(
            HttpMethod.Post, "agent/v1/devices/token", bearer: null, body: null, ("Miru-Version", "v0.4"), ("Authorization", $"Bearer {credential}"));

        answer.Refused(HttpStatusCode.Unauthorized, credential == "" ? "unauthenticated" : "device_jwt_invalid");
    }

    [Fact]
    public async Task Refuses_a_signature_by_another_key_or_hash()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var header = $$"""{"alg":"RS512","kid":"{{device.Key.Fingerprint}}"}""";
        var now = cloud.Time.GetUtcNow().ToUnixTimeSeconds();
        var payload = $$"""{"jti":"1","iat":{{now}},"exp":{{now + 120}}}""";

        var stranger = cloud.NewKey().Sign(header, payload, HashAlgorithmName.SHA512);
        var weaker = device.Key.Sign(header, payload, HashAlgorithmName.SHA256);
        var right = device.Key.Sign(header, payload, HashAlgorithmName.SHA512);

        (await cloud.AgentAsync(HttpMethod.Post, "/devices/token", stranger)).Refused(HttpStatusCode.Unauthorized, "device_jwt_invalid");
        (await cloud.AgentAsync(HttpMethod.Post, "/devices/token", weaker)).Refused(HttpStatusCode.Unauthorized, "device_jwt_invalid");
        (await cloud.AgentAsync(HttpMethod.Post, "/devices/token", right)).Ok();
    }

    [Fact]
    public async Task Refuses_members_that_stand_twice()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var now = cloud.Time.GetUtcNow().ToUnixTimeSeconds();
        var jwt = device.Key.Sign(
            $$"""{"alg":"none","alg":"RS512","kid":"{{device.Key.Fingerprint}}"}""",
            $$"""{"jti":"1","iat":{{now}},"exp":{{now + 120}}}""",
            HashAlgorithmName.SHA512);

        (await cloud.AgentAsync(HttpMethod.Post, "/devices/token", jwt)).Refused(HttpStatusCode.Unauthorized, "device_jwt_invalid");
    }

    [Theory]
    [InlineData(-134)]
    [InlineData(15)]
    public async Task Bears_a_clock_that_is_a_little_off(int seconds)
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");

        var answer = await cloud.AgentAsync(HttpMethod.Post, "/devices/token", device.Key.Jwt(cloud.Time.GetUtcNow(), (_, payload) => ShiftAll(payload, seconds)));

        answer.Ok();
    }

    [Fact]
    public async Task Tells_its_own_time_to_a_device_whose_clock_is_wrong()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");

        var refused = await cloud.AgentAsync(HttpMethod.Post, "/devices/token", device.Key.Jwt(cloud.Time.GetUtcNow().AddYears(-10)));
        var corrected = await cloud.AgentAsync(HttpMethod.Post, "/devices/token", device.Key.Jwt(refused.Headers.Date!.Value));

        refused.Refused(HttpStatusCode.Unauthorized, "device_jwt_expired");
        Assert.Equal(cloud.Time.GetUtcNow(), refused.Headers.Date);
        corrected.Ok();
    }

    [Fact]
    public async Task Accepts_a_jwt_once_also_after_a_restart()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var jwt = device.Key.Jwt(cloud.Time.GetUtcNow());
        (await cloud.AgentAsync(HttpMethod.Post, "/devices/token", jwt)).Ok();

        var replayed = await cloud.AgentAsync(HttpMethod.Post, "/devices/token", jwt);
        await cloud.StopAsync();
        await using var restarted = await TestCloud.StartAsync(cloud.Directory, cloud.Time);
        var replayedLater = await restarted.AgentAsync(HttpMethod.Post, "/devices/token", jwt);

        replayed.Refused(HttpStatusCode.Unauthorized, "device_jwt_replayed");
        replayedLater.Refused(HttpStatusCode.Unauthorized, "device_jwt_replayed");
    }

    [Fact]
    public async Task Bounds_what_it_remembers_of_one_device_and_forgets_in_time()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        Answer answer;
        var asked = 1;
        do
        {
            answer = await cloud.AgentAsync(HttpMethod.Post, "/devices/token", device.Key.Jwt(cloud.Time.GetUtcNow()));
            asked++;
        }
        while (answer.Status == HttpStatusCode.OK && asked < 100);

        Assert.Equal(33, asked);
        answer.Refused(HttpStatusCode.TooManyRequests, "too_many_requests");
        Assert.Equal("120", answer.Header("Retry-After"));
        cloud.Time.Advance(TimeSpan.FromSeconds(135));
        (await cloud.AgentAsync(HttpMethod.Post, "/devices/token", device.Key.Jwt(cloud.Time.GetUtcNow()))).Ok();
    }

    [Fact]
    public async Task Issues_a_token_that_names_the_device_and_ends_in_time()
    {
        await using var cloud = await TestCloud.StartAsync(adjust: options => options with { DeviceTokenLifetime = TimeSpan.FromMinutes(2) });
        var device = await cloud.AddDeviceAsync("robot-1");
        var answer = (await cloud.AgentAsync(HttpMethod.Post, "/devices/token", device.Key.Jwt(cloud.Time.GetUtcNow()))).Ok();
        var payload = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(answer.GetProperty("token").GetString()!.Split('.')[1]))!;

        Assert.Equal(["expires_at", "token"], answer.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(cloud.Time.GetUtcNow().AddMinutes(2), answer.GetProperty("expires_at").GetDateTimeOffset());
        Assert.Equal(("miru", "device", device.Id), ((string?)payload["iss"], (string?)payload["aud"], (string?)payload["sub"]));

        (await device.GetAsync("/device")).Ok();
        cloud.Time.Advance(TimeSpan.FromMinutes(2));
        (await device.GetAsync("/device")).Refused(HttpStatusCode.Unauthorized, "token_expired");
    }

    [Fact]
    public async Task Refuses_a_tampered_token_and_one_of_another_server()
    {
        await using var cloud = await TestCloud.StartAsync();
        await using var other = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var foreign = await other.AddDeviceAsync("robot-1");
        var parts = device.Token.Split('.');

        foreach (var token in new[] { foreign.Token, $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{foreign.Token.Split('.')[1]}.{parts[2]}", device.Key.Jwt(cloud.Time.GetUtcNow()) })
        {
            (await cloud.AgentAsync(HttpMethod.Get, "/device", token)).Refused(HttpStatusCode.Unauthorized, "token_invalid");
        }
    }

    private static void Shift(JsonObject payload, string name, int seconds) => payload[name] = payload[name]!.GetValue<long>() + seconds;

    private static void ShiftAll(JsonObject payload, int seconds)
    {
        Shift(payload, "iat", seconds);
        Shift(payload, "exp", seconds);
    }
}
