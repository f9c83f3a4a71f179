using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Quickstart;

/// <summary>What an operator does with the control plane, through its admin API.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly HttpClient _http;

    public AdminClient(Uri cloud, string adminKey)
    {
        _http = new HttpClient { BaseAddress = new Uri(cloud, "admin/v1/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
    }

    public async Task<string> NewProvisioningTokenAsync(CancellationToken cancellation) =>
        (await PostAsync("provisioning-tokens", new { device_name = (string?)null }, cancellation)).GetProperty("token").GetString()!;

    /// <returns>The release's id.</returns>
    public async Task<string> ReleaseAsync(string version, IEnumerable<ConfigFile> files, string deployTo, CancellationToken cancellation)
    {
        var release = new
        {
            version,
            configs = files.Select(file => new
            {
                config_type_name = file.TypeName,
                filepath = Path.Combine(deployTo, file.FileName),
                format = file.Format,
                content_base64 = Convert.ToBase64String(file.Content),
            }),
        };
        return (await PostAsync("releases", release, cancellation)).GetProperty("id").GetString()!;
    }

    /// <summary>Deploys a release to every device.</summary>
    /// <returns>The id of the deployment of the first device.</returns>
    public async Task<string> DeployAsync(string releaseId, CancellationToken cancellation)
    {
        var answer = await PostAsync("deployments", new { release_id = releaseId, device_id = (string?)null, description = "quickstart" }, cancellation);
        return answer.GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    /// <returns>The deployment's status as the device last reported it, for example <c>queued</c>, <c>deployed</c> or <c>failed</c>.</returns>
    public async Task<string> StatusAsync(string deploymentId, CancellationToken cancellation)
    {
        var list = await _http.GetFromJsonAsync<JsonElement>("deployments", cancellation);
        return list.GetProperty("data").EnumerateArray()
            .Where(deployment => deployment.GetProperty("id").GetString() == deploymentId)
            .Select(deployment => deployment.GetProperty("status").GetString()!)
            .FirstOrDefault("unknown");
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellation)
    {
        using var response = await _http.PostAsJsonAsync(path, body, cancellation);
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"POST {path} answered {(int)response.StatusCode}: {text}");
    }
}
