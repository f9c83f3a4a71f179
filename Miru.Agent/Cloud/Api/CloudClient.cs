using System.Net;
using System.Net.Http.Headers;
using Miru.Agent.Configs;

namespace Miru.Agent.Cloud.Api;

/// <summary>
/// The contract's requests. Never throws for what a network or a server can do: every outcome is a <see cref="CloudResult{T}"/>, every
/// answer is bounded in time and size.
/// </summary>
internal sealed class CloudClient : IDisposable
{
    /// <summary>Deployments of one page; the contract's maximum.</summary>
    public const int PageSize = 100;

    private const int MaxSmallBody = 64 * 1024;

    private readonly CloudSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly CircuitBreaker _breaker = new();

    /// <param name="handler">The transport; disposed with the client.</param>
    public CloudClient(CloudSettings settings, HttpMessageHandler handler, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        AgentHeaders.AddTo(_http.DefaultRequestHeaders);
    }

    /// <summary>A client over the network.</summary>
    /// <exception cref="IOException">The file with certificate authorities cannot be used.</exception>
    public static CloudClient Connect(CloudSettings settings, TimeProvider time) => new(settings, CloudHandler.Create(settings), time);

    /// <summary>The cloud has not answered for a while: whoever is not its probe waits.</summary>
    public bool IsCircuitOpen => _breaker.IsOpen;

    /// <param name="offset">How many deployments earlier pages held.</param>
    /// <param name="knownTag">Tag of the list the agent has, or null.</param>
    /// <param name="wait">How long the server may hold the request until the list differs; zero asks for an answer at once.</param>
    public Task<CloudResult<DeploymentPage>> ListDeploymentsAsync(
        string token, int offset, string? knownTag, TimeSpan wait, CancellationToken cancellation)
    {
        var request = Request(
            HttpMethod.Get,
            $"/deployments?limit={PageSize}&offset={offset}&activity_status=queued,deployed&expand=config_instances&expand=release",
            token);
        if (knownTag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", knownTag);
        }

        if (wait > TimeSpan.Zero)
        {
            request.Headers.TryAddWithoutValidation("Prefer", $"wait={(int)Math.Ceiling(wait.TotalSeconds)}");
        }

        // Without a tag there is nothing to wait for.
        var deadline = _settings.RequestTimeout + (knownTag is null ? TimeSpan.Zero : wait);
        return SendAsync(request, deadline, _settings.MaxListSize, DeploymentPage.Read, cancellation);
    }

    /// <param name="known">What an earlier attempt brought; only the rest is asked for.</param>
    public Task<CloudResult<Download>> DownloadAsync(string token, string instanceId, PartialContent? known, CancellationToken cancellation)
    {
        var request = Request(HttpMethod.Get, $"/config_instances/{Uri.EscapeDataString(instanceId)}/content", token);
        if (known is not null)
        {
            request.Headers.Range = new RangeHeaderValue(known.Bytes.Length, null);
            request.Headers.TryAddWithoutValidation("If-Range", known.Tag);
        }

        return SendAsync(request, _settings.RequestTimeout, _settings.MaxConfigSize, Download.Read, cancellation, known);
    }

    public Task<CloudResult<Acknowledgement>> ReportAsync(string token, StatusReport report, CancellationToken cancellation) => SendAsync(
        Request(HttpMethod.Patch, $"/deployments/{Uri.EscapeDataString(report.DeploymentId)}", token, ContractJson.Report(report)),
        _settings.RequestTimeout,
        _settings.MaxListSize,
        (_, _) => new Acknowledgement(),
        cancellation);

    /// <param name="selfSigned">The JWT that the device signed with its own key.</param>
    public Task<CloudResult<IssuedToken>> IssueTokenAsync(string selfSigned, CancellationToken cancellation) => SendAsync(
        Request(HttpMethod.Post, "/devices/token", selfSigned, []),
        _settings.RequestTimeout,
        MaxSmallBody,
        (_, body) => ContractJson.Token(body),
        cancellation);

    public Task<CloudResult<EnrolledDevice>> ProvisionAsync(
        string provisioningToken, string publicKeyPem, string name, CancellationToken cancellation) => SendAsync(
        Request(HttpMethod.Post, "/devices/provision", provisioningToken, ContractJson.Provision(publicKeyPem, AgentHeaders.Version, name)),
        _settings.RequestTimeout,
        MaxSmallBody,
        (_, body) => ContractJson.Device(body),
        cancellation);

    /// <summary>Registers another key for the device that the token is bound to; the machine that had it so far is out.</summary>
    public Task<CloudResult<EnrolledDevice>> ReprovisionAsync(string provisioningToken, string publicKeyPem, CancellationToken cancellation) => SendAsync(
        Request(HttpMethod.Post, "/devices/reprovision", provisioningToken, ContractJson.Reprovision(publicKeyPem, AgentHeaders.Version)),
        _settings.RequestTimeout,
        MaxSmallBody,
        (_, body) => ContractJson.Device(body),
        cancellation);

    /// <summary>Tells the version of the agent.</summary>
    public Task<CloudResult<Acknowledgement>> UpdateDeviceAsync(string token, string deviceId, CancellationToken cancellation) => SendAsync(
        Request(HttpMethod.Patch, $"/devices/{Uri.EscapeDataString(deviceId)}", token, ContractJson.Update(AgentHeaders.Version)),
        _settings.RequestTimeout,
        MaxSmallBody,
        (_, _) => new Acknowledgement(),
        cancellation);

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path, string bearer, byte[]? json = null)
    {
        var request = new HttpRequestMessage(method, _settings.Url.AbsoluteUri.TrimEnd('/') + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(json);
            if (json.Length > 0)
            {
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            }
        }

        return request;
    }

    private async Task<CloudResult<T>> SendAsync<T>(
        HttpRequestMessage request, TimeSpan deadline, int maxBody, Func<HttpResponseMessage, byte[], T> read, CancellationToken cancellation, PartialContent? known = null)
        where T : class
    {
        using var disposed = request;
        using var timeout = new CancellationTokenSource(deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        using var body = new BoundedBody(maxBody, known);
        DateTimeOffset? serverTime = null;
        CloudResult<T> Failed(CloudFailure failure) => new(null, failure, serverTime);

        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            serverTime = Plausible(response.Headers.Date);
            if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.NotModified)
            {
                using var problem = new BoundedBody(MaxSmallBody);
                var said = await problem.ReadAsync(response, either.Token).ConfigureAwait(false) ? ContractJson.Problem(problem.ToArray()) : "";
                Note(!Outcomes.IsOutage(response.StatusCode));
                return Failed(Outcomes.Of(response.StatusCode, request.Method == HttpMethod.Patch, RetryAfter(response), Redacted(said, request)));
            }

            var isWhole = await body.ReadAsync(response, either.Token).ConfigureAwait(false);
            Note(true);
            return isWhole
                ? new CloudResult<T>(read(response, body.ToArray()), null, serverTime)
                : Failed(new CloudFailure(FailureKind.Stop, $"the cloud's answer has more than {maxBody} bytes") { IsTooLarge = true });
        }
        catch (Exception failure) when (Outcomes.Of(failure, deadline) is { } outcome)
        {
            var isGarbage = failure is ContractException;
            Note(isGarbage || cancellation.IsCancellationRequested);
            return Failed(outcome with { Partial = isGarbage ? null : body.Partial });
        }
    }

    private void Note(bool answered)
    {
        if (answered)
        {
            _breaker.Answered();
        }
        else
        {
            _breaker.Failed();
        }
    }

    /// <summary>A clock that is off by centuries is no help to anybody, and its arithmetic overflows.</summary>
    private static DateTimeOffset? Plausible(DateTimeOffset? date) => date is { Year: >= 2000 and < 2200 } ? date : null;

    /// <summary>A server may repeat the token it refuses; a log must not.</summary>
    private static string Redacted(string said, HttpRequestMessage request) =>
        said.Replace(request.Headers.Authorization!.Parameter!, "***", StringComparison.Ordinal);

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - (response.Headers.Date ?? _time.GetUtcNow()),
        _ => null,
    };
}
