using System.Net;
using System.Security.Cryptography;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class ProvisioningTests
{
    [Fact]
    public async Task A_token_of_the_workspace_makes_a_device_of_the_given_name()
    {
        await using var cloud = await TestCloud.StartAsync();

        var device = (await cloud.ProvisionAsync(await cloud.MintAsync(), "robot-1", cloud.NewKey())).Ok();

        Assert.Equal("robot-1", device.GetProperty("name").GetString());
        Assert.Equal("v0.1.0", device.GetProperty("agent_version").GetString());
        Assert.Equal("activating", device.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_bound_token_activates_its_device_whatever_name_the_machine_gives()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.MintAsync("robot-1");
        var waiting = (await cloud.AdminAsync(HttpMethod.Get, "/devices")).Ok().GetProperty("data")[0];

        var device = (await cloud.ProvisionAsync(token, "some-hostname", cloud.NewKey())).Ok();

        Assert.Equal("inactive", waiting.GetProperty("status").GetString());
        Assert.Equal(waiting.GetProperty("id").GetString(), device.GetProperty("id").GetString());
        Assert.Equal("robot-1", device.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_token_works_once()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.MintAsync();
        (await cloud.ProvisionAsync(token, "robot-1", cloud.NewKey())).Ok();

        var again = await cloud.ProvisionAsync(token, "robot-2", cloud.NewKey());

        again.Refused(HttpStatusCode.Unauthorized, "provisioning_token_used");
    }

    [Fact]
    public async Task A_refused_attempt_does_not_spend_the_token()
    {
        await using var cloud = await TestCloud.StartAsync();
        await cloud.AddDeviceAsync("robot-1");
        var token = await cloud.MintAsync();

        var taken = await cloud.ProvisionAsync(token, "robot-1", cloud.NewKey());
        var other = await cloud.ProvisionAsync(token, "robot-2", cloud.NewKey());

        taken.Refused(HttpStatusCode.Conflict, "device_already_provisioned");
        other.Ok();
    }

    [Theory]
    [InlineData(299, HttpStatusCode.OK)]
    [InlineData(300, HttpStatusCode.Unauthorized)]
    public async Task A_token_lives_five_minutes(int seconds, HttpStatusCode expected)
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.MintAsync();

        cloud.Time.Advance(TimeSpan.FromSeconds(seconds));
        var answer = await cloud.ProvisionAsync(token, "robot-1", cloud.NewKey());

        Assert.Equal(expected, answer.Status);
        if (expected != HttpStatusCode.OK)
        {
            answer.Refused(expected, "provisioning_token_expired");
        }
    }

    [Fact]
    public async Task An_unknown_token_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();

        (await cloud.ProvisionAsync("miru_pt_none", "robot-1", cloud.NewKey())).Refused(HttpStatusCode.Unauthorized, "provisioning_token_invalid");
    }

    [Fact]
    public async Task One_key_serves_one_device()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");

        (await cloud.ProvisionAsync(await cloud.MintAsync(), "robot-2", device.Key)).Refused(HttpStatusCode.Conflict, "public_key_taken");
    }

    [Fact]
    public async Task Reprovisioning_voids_the_old_session_and_key_and_redeploys()
    {
        await using var cloud = await TestCloud.StartAsync();
        var old = await cloud.AddDeviceAsync("robot-1");
        var deployment = await cloud.DeployAsync(await cloud.PublishAsync("v1"), old.Id);
        (await old.PatchAsync($"/deployments/{deployment}", new { activity_status = "deployed" })).Ok();

        var key = cloud.NewKey();
        var answer = await cloud.AgentAsync(
            HttpMethod.Post, "/devices/reprovision", await cloud.MintAsync("robot-1"), new { public_key_pem = key.Pem, agent_version = "v0.2.0" });
        var renewed = await TestDevice.SignInAsync(cloud, old.Id, key);

        Assert.Equal(old.Id, answer.Ok().GetProperty("id").GetString());
        (await old.GetAsync("/device")).Refused(HttpStatusCode.Unauthorized, "session_revoked");
        (await cloud.AgentAsync(HttpMethod.Post, "/devices/token", old.Key.Jwt(cloud.Time.GetUtcNow())))
            .Refused(HttpStatusCode.Unauthorized, "device_key_unknown");
        Assert.Equal("queued", (await renewed.GetAsync($"/deployments/{deployment}")).Ok().GetProperty("activity_status").GetString());
    }

    [Fact]
    public async Task Reprovisioning_needs_a_bound_token()
    {
        await using var cloud = await TestCloud.StartAsync();

        var answer = await cloud.AgentAsync(
            HttpMethod.Post, "/devices/reprovision", await cloud.MintAsync(), new { public_key_pem = cloud.NewKey().Pem, agent_version = "v1" });

        answer.Refused(HttpStatusCode.Forbidden, "provisioning_token_unbound");
    }

    [Fact]
    public async Task A_key_that_is_no_strong_RSA_public_key_is_refused()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.MintAsync();
        using var weak = RSA.Create(1024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var whole = RSA.Create(2048);

        foreach (var pem in new[] { "", "not a key", weak.ExportSubjectPublicKeyInfoPem(), curve.ExportSubjectPublicKeyInfoPem(), whole.ExportPkcs8PrivateKeyPem() })
        {
            var answer = await cloud.AgentAsync(HttpMethod.Post, "/devices/provision", token, new { public_key_pem = pem, agent_version = "v1", name = "robot-1" });
            answer.Refused(HttpStatusCode.BadRequest, "invalid_request");
        }
    }

    [Fact]
    public async Task A_token_is_not_kept_in_the_clear()
    {
        await using var cloud = await TestCloud.StartAsync();
        var token = await cloud.MintAsync();
        await cloud.StopAsync();

        foreach (var file in Directory.EnumerateFiles(cloud.Directory))
        {
            Assert.DoesNotContain(token, await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1));
            Assert.DoesNotContain(TestCloud.AdminKey, await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1));
        }
    }
}
