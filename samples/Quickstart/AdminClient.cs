using System.Net;
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
    public Task<string> StatusAsync(string deploymentId, CancellationToken cancellation) =>
        AwaitStatusAsync(deploymentId, _ => true, cancellation);

    /// <summary>Waits, without polling, until the device has reported a status that <paramref name="wanted"/> accepts.</summary>
    public async Task<string> AwaitStatusAsync(string deploymentId, Predicate<string> wanted, CancellationToken cancellation)
    {
        EntityTagHeaderValue? known = null;
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"deployments/{deploymentId}");
            request.Headers.Add("Prefer", "wait=30");
            if (known is not null)
                request.Headers.IfNoneMatch.Add(known);
            using var response = await _http.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.NotModified)
                continue;
            response.EnsureSuccessStatusCode();
            known = response.Headers.ETag;
            var deployment = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            if (deployment.GetProperty("status").GetString() is { } status && wanted(status))
                return status;
        }
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
