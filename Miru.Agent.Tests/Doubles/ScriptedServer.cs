using System.Net;
using Miru.Agent.Tests.Cloud.OpenApi;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A cloud that answers as the test says, in memory, and remembers what it was asked.</summary>
internal sealed class ScriptedServer(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<HttpRequestMessage> _requests = [];

    public ScriptedServer(Func<HttpRequestMessage, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request)))
    {
    }

    public IReadOnlyList<HttpRequestMessage> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Json(string body) => Json(HttpStatusCode.OK, body);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ContractGuard.RequireRequest(
            request.Method.Method,
            request.RequestUri!.PathAndQuery,
            name => request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null,
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        lock (_gate)
        {
            _requests.Add(request);
        }

        return await answer(request, cancellationToken);
    }
}
