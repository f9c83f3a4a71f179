using System.Diagnostics;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Cloud.Provisioning;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Settings;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

public sealed class ProvisionerTests : IDisposable
{
    private const string Device = """{"object":"device","id":"dvc_1","name":"arm-7","session_id":"sess_1","status":"inactive"}""";

    private readonly TemporaryDirectory _directory = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_device_is_enrolled_with_a_key_that_was_made_here_and_only_its_owner_can_read()
    {
        var server = new ScriptedServer(_ => ScriptedServer.Json(Device));

        Assert.Equal(0, await RunAsync(server, "token"));

        Assert.Equal("dvc_1", DeviceIdentity.TryLoad(_directory.FullName)!.DeviceId);
        Assert.Equal("Bearer token", Assert.Single(server.Requests).Headers.Authorization!.ToString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("auth/private_key.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(_directory.File("auth/public_key.pem")));
        Assert.Contains("Provisioned as arm-7", _output.ToString());
    }

    [RootFact]
    public async Task What_root_provisions_belongs_to_the_user_of_the_state_directory()
    {
        Directory.CreateDirectory(_directory.File("state"));
        using (var chown = Process.Start("chown", ["4711:4712", _directory.File("state")]))
        {
            await chown.WaitForExitAsync();
        }

        Assert.Equal(0, await RunAsync(new ScriptedServer(_ => ScriptedServer.Json(Device)), "token", state: _directory.File("state")));
        Assert.Equal(0, await RunAsync(new ScriptedServer(_ => ScriptedServer.Json(Device)), "token", reprovision: true, state: _directory.File("state")));

        Assert.All(["", "/auth", "/auth/private_key.pem", "/auth/public_key.pem", "/device.json", "/agent_version"], name =>
        {
            using var file = Posix.Open(Posix.WorkingDirectory, _directory.File("state") + name, Posix.ReadFlags)!;
            Assert.Equal(new FileOwner(4711, 4712), Posix.Look(file, name).Owner);
        });
    }

    [Fact]
    public async Task A_provisioned_device_has_nothing_to_do_and_asks_nobody()
    {
        ReadyKey.PlaceIn(_directory.FullName);
        var server = new ScriptedServer(_ => ScriptedServer.Json(Device));
        await RunAsync(server, "token");

        Assert.Equal(0, await RunAsync(server, null));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Without_a_token_it_says_where_to_put_one()
    {
        Assert.Equal(1, await RunAsync(new ScriptedServer(_ => ScriptedServer.Json(Device)), ""));

        Assert.Contains("MIRU_PROVISIONING_TOKEN", _errors.ToString());
    }

    [Fact]
    public async Task A_token_can_be_piped_in()
    {
        ReadyKey.PlaceIn(_directory.FullName);
        var server = new ScriptedServer(_ => ScriptedServer.Json(Device));

        Assert.Equal(0, await RunAsync(server, null, new StringReader("piped\n")));
        Assert.Equal("Bearer piped", Assert.Single(server.Requests).Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task A_refused_token_leaves_the_device_unprovisioned_and_its_key_ready_for_the_next_attempt()
    {
        var refusing = new ScriptedServer(_ => new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized));
        Assert.Equal(1, await RunAsync(refusing, "spent"));
        Assert.Contains("create a new one", _errors.ToString());
        Assert.DoesNotContain("spent", _errors.ToString());
        var key = await File.ReadAllTextAsync(_directory.File("auth/private_key.pem"));

        Assert.Equal(0, await RunAsync(new ScriptedServer(_ => ScriptedServer.Json(Device)), "token"));
        Assert.Equal(key, await File.ReadAllTextAsync(_directory.File("auth/private_key.pem")));
    }

    [Fact]
    public async Task Reprovisioning_registers_a_new_key_and_forgets_the_old_token()
    {
        ReadyKey.PlaceIn(_directory.FullName);
        var before = await File.ReadAllTextAsync(_directory.File("auth/private_key.pem"));
        TokenFile.Write(_directory.FullName, new IssuedToken("old", DateTimeOffset.MaxValue));
        var sent = "";
        var server = new ScriptedServer(async (request, cancellation) =>
        {
            sent = await request.Content!.ReadAsStringAsync(cancellation);
            return ScriptedServer.Json(Device);
        });

        Assert.Equal(0, await RunAsync(server, "token", reprovision: true));

        Assert.Equal("/agent/v1/devices/reprovision", server.Requests[0].RequestUri!.AbsolutePath);
        Assert.Equal(["public_key_pem", "agent_version"], Newtonsoft.Json.Linq.JObject.Parse(sent).Properties().Select(property => property.Name));
        Assert.NotEqual(before, await File.ReadAllTextAsync(_directory.File("auth/private_key.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("auth/private_key.pem")));
        Assert.Null(TokenFile.TryRead(_directory.FullName));
        Assert.False(File.Exists(_directory.File("auth/next_private_key.pem")));
        Assert.Equal("dvc_1", DeviceIdentity.TryLoad(_directory.FullName)!.DeviceId);
    }

    [Fact]
    public async Task A_reprovisioning_the_cloud_refuses_leaves_the_key_in_use_and_the_next_attempt_offers_the_same_new_one()
    {
        ReadyKey.PlaceIn(_directory.FullName);
        var before = await File.ReadAllTextAsync(_directory.File("auth/private_key.pem"));
        var refusing = new ScriptedServer(_ => new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden));

        Assert.Equal(1, await RunAsync(refusing, "unbound", reprovision: true));

        Assert.Equal(before, await File.ReadAllTextAsync(_directory.File("auth/private_key.pem")));
        var next = await File.ReadAllTextAsync(_directory.File("auth/next_private_key.pem"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("auth/next_private_key.pem")));
        Assert.Equal(0, await RunAsync(new ScriptedServer(_ => ScriptedServer.Json(Device)), "bound", reprovision: true));
        Assert.Equal(next, await File.ReadAllTextAsync(_directory.File("auth/private_key.pem")));
    }

    [Fact]
    public async Task A_token_that_cannot_stand_in_a_header_is_no_token()
    {
        ReadyKey.PlaceIn(_directory.FullName);
        var server = new ScriptedServer(_ => ScriptedServer.Json(Device));

        Assert.Equal(1, await RunAsync(server, "two\nlines"));
        Assert.Empty(server.Requests);
        Assert.DoesNotContain("two", _errors.ToString());
    }

    private async Task<int> RunAsync(ScriptedServer server, string? token, TextReader? input = null, bool reprovision = false, string? state = null)
    {
        var settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud with { StateDirectory = state ?? _directory.FullName };
        using var client = new CloudClient(settings, server, TimeProvider.System);
        var provisioner = new Provisioner(settings, client, name => name == "MIRU_PROVISIONING_TOKEN" ? token : null, input, _output, _errors, () => false);
        return await (reprovision ? provisioner.ReprovisionAsync(CancellationToken.None) : provisioner.ProvisionAsync("robot", CancellationToken.None));
    }
}
