using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Miru.Agent.Tests.Cloud.OpenApi;
using Miru.Agent.Tests.Doubles;
using Miru.Cloud;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>A server in this process, on a free port and a clock of its own.</summary>
internal sealed class TestCloud : IAsyncDisposable
{
    public const string AdminKey = "the-admin-key-of-the-tests";

    private readonly CloudServer _server;
    private readonly HttpClient _http;
    private readonly bool _ownsDirectory;
    private int _keys;

    private TestCloud(CloudServer server, string directory, bool ownsDirectory, VirtualTime time)
    {
        _server = server;
        _http = new HttpClient { BaseAddress = server.BaseAddress };
        _ownsDirectory = ownsDirectory;
        Directory = directory;
        Time = time;
    }

    public string Directory { get; }

    public VirtualTime Time { get; }

    public Uri BaseAddress => _server.BaseAddress;

    public string? GeneratedAdminKeyFile => _server.GeneratedAdminKeyFile;

    /// <summary>A key that no device of this server has.</summary>
    public DeviceKey NewKey() => DeviceKey.Number(_keys++);

    public static async Task<TestCloud> StartAsync(string? directory = null, VirtualTime? time = null, Func<CloudOptions, CloudOptions>? adjust = null)
    {
        time ??= new VirtualTime();
        var path = directory ?? System.IO.Directory.CreateTempSubdirectory("miru-cloud-").FullName;
        var options = new CloudOptions { Urls = "http://127.0.0.1:0", DataDirectory = path, AdminKeys = [AdminKey], TimeProvider = time };
        try
        {
            return new TestCloud(await CloudServer.StartAsync(adjust?.Invoke(options) ?? options), path, directory is null, time);
        }
        catch when (directory is null)
        {
            System.IO.Directory.Delete(path, recursive: true);
            throw;
        }
    }

    /// <summary>Sends what it is told to and nothing else.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? bearer, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        var answer = await Answer.ReadAsync(await _http.SendAsync(request));
        ContractGuard.RequireAnswer(method, path, answer);
        return answer;
    }

    public Task<Answer> AgentAsync(HttpMethod method, string path, string? bearer, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, $"agent/v1{path}", bearer, Text(body), [("Miru-Version", "v0.4"), .. headers]);

    public Task<Answer> AdminAsync(HttpMethod method, string path, object? body = null) => SendAsync(method, $"admin/v1{path}", AdminKey, Text(body));

    public async Task<string> MintAsync(string? deviceName = null) =>
        (await AdminAsync(HttpMethod.Post, "/provisioning-tokens", new { device_name = deviceName })).Ok().GetProperty("token").GetString()!;

    public Task<Answer> ProvisionAsync(string token, string name, DeviceKey key) =>
        AgentAsync(HttpMethod.Post, "/devices/provision", token, new { public_key_pem = key.Pem, agent_version = "v0.1.0", name });

    /// <summary>A provisioned device with a token.</summary>
    public async Task<TestDevice> AddDeviceAsync(string name)
    {
        var key = NewKey();
        var id = (await ProvisionAsync(await MintAsync(), name, key)).Ok().GetProperty("id").GetString()!;
        return await TestDevice.SignInAsync(this, id, key);
    }

    /// <summary>Publishes a release with one config and returns its id.</summary>
    public Task<string> PublishAsync(string version, string content = "{}", string key = AdminKey) =>
        PublishAsync(version, Encoding.UTF8.GetBytes(content), "json", "/srv/miru/motion-control.json", key);

    public async Task<string> PublishAsync(string version, byte[] content, string format, string filepath, string key = AdminKey)
    {
        var config = new { config_type_name = "Motion Control", filepath, format, content_base64 = content };
        var answer = await SendAsync(HttpMethod.Post, "admin/v1/releases", key, Text(new { version, configs = new[] { config } }));
        return answer.Ok().GetProperty("id").GetString()!;
    }

    /// <summary>The id of the release's first config.</summary>
    public async Task<string> ConfigIdAsync(string releaseId) =>
        (await AdminAsync(HttpMethod.Get, $"/releases/{releaseId}")).Ok().GetProperty("config_instances")[0].GetProperty("id").GetString()!;

    /// <summary>Deploys to one device, or with null to all, and returns the first deployment's id.</summary>
    public async Task<string> DeployAsync(string releaseId, string? deviceId) =>
        (await AdminAsync(HttpMethod.Post, "/deployments", new { release_id = releaseId, device_id = deviceId, description = "a test" }))
        .Ok().GetProperty("data")[0].GetProperty("id").GetString()!;

    /// <summary>Stops the server and leaves the directory.</summary>
    /// <summary>The server only: answers that it gave before it stopped are still to be read.</summary>
    public async Task StopAsync() => await _server.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        if (_ownsDirectory)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    private static string? Text(object? body) => body as string ?? (body is null ? null : JsonSerializer.Serialize(body));
}
