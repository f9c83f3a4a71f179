using System.Net;
using System.Text;

namespace Miru.Benchmarks.Fleet;

/// <summary>
/// The server of a simulated fleet: answers the contract's requests at once, holds a list request where the scenario lets it, is gone for a
/// while, and counts every attempt to reach it.
/// </summary>
internal sealed class ModelledCloud(FleetScenario scenario, SchedulerTime time, Action<TimeSpan, Action> after)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    private readonly int[] _requests = new int[(int)scenario.Until.TotalSeconds + 1];
    private readonly LinkedList<TaskCompletionSource<HttpResponseMessage>> _held = [];

    /// <summary>Attempts in each second.</summary>
    public IReadOnlyList<int> Requests => _requests;

    private bool IsGone => time.Elapsed >= scenario.OutageFrom && time.Elapsed < scenario.OutageUntil;

    /// <summary>What is deployed to every device: another release once the outage has begun, where the scenario says so.</summary>
    private int Release => scenario.DeploysMeanwhile && time.Elapsed >= scenario.OutageFrom ? 2 : 1;

    private string Tag => $"W/\"{Release}\"";

    /// <summary>One device's way to this server.</summary>
    public HttpMessageHandler Connect() => new Link(this);

    /// <summary>The outage begins: who waits is cut off, or answered first by a server that is stopped in order.</summary>
    public void Leave()
    {
        foreach (var held in _held.ToList())
        {
            if (scenario.SaysGoodbye)
            {
                held.TrySetResult(NotModified());
            }
            else
            {
                held.TrySetException(Broken(HttpRequestError.ResponseEnded));
            }
        }
    }

    private Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        _requests[(int)time.Elapsed.TotalSeconds]++;
        if (IsGone)
        {
            return Task.FromException<HttpResponseMessage>(Broken(HttpRequestError.ConnectionError));
        }

        if (request.Method == HttpMethod.Patch)
        {
            return Task.FromResult(Json("{}"));
        }

        if (request.Method == HttpMethod.Post)
        {
            return Task.FromResult(Json($$"""{"token":"token","expires_at":"{{time.GetUtcNow() + TokenLifetime:O}}"}"""));
        }

        return request.RequestUri!.AbsolutePath.EndsWith("/content", StringComparison.Ordinal)
            ? Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent("{}"u8.ToArray()) })
            : ListAsync(request, cancellation);
    }

    private Task<HttpResponseMessage> ListAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var isKnown = request.Headers.TryGetValues("If-None-Match", out var tags) && tags.Single() == Tag;
        if (!isKnown)
        {
            return Task.FromResult(List());
        }

        return scenario.Pushes && Wish(request) is { } wish ? HoldAsync(wish, cancellation) : Task.FromResult(NotModified());
    }

    private Task<HttpResponseMessage> HoldAsync(TimeSpan wish, CancellationToken cancellation)
    {
        // Continuations run where it ends: everything here has one thread.
        var held = new TaskCompletionSource<HttpResponseMessage>();
        var place = _held.AddLast(held);
        var given = cancellation.Register(() => held.TrySetCanceled(cancellation));
        after(wish, () => held.TrySetResult(NotModified()));
        return EndAsync();

        async Task<HttpResponseMessage> EndAsync()
        {
            try
            {
                return await held.Task.ConfigureAwait(false);
            }
            finally
            {
                _held.Remove(place);
                await given.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private HttpResponseMessage List() => Tagged(Json(
        $$"""
        {"object":"list","has_more":false,"data":[{"id":"dpl_{{Release}}","target_status":"deployed","activity_status":"queued","release_id":"rls_{{Release}}",
         "config_instances":[{"id":"cfg_{{Release}}","config_type_name":"motion","filepath":"/srv/miru/motion.json"}]}]}
        """));

    private HttpResponseMessage NotModified() => Tagged(new HttpResponseMessage(HttpStatusCode.NotModified));

    private HttpResponseMessage Tagged(HttpResponseMessage response)
    {
        response.Headers.TryAddWithoutValidation("ETag", Tag);
        if (scenario.Pushes)
        {
            response.Headers.TryAddWithoutValidation("Preference-Applied", "wait=50");
        }

        return response;
    }

    private static HttpResponseMessage Json(string body) => new() { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static TimeSpan? Wish(HttpRequestMessage request) =>
        request.Headers.TryGetValues("Prefer", out var wishes) ? TimeSpan.FromSeconds(int.Parse(wishes.Single()["wait=".Length..], System.Globalization.CultureInfo.InvariantCulture)) : null;

    private static HttpRequestException Broken(HttpRequestError error) => new(error, "the modelled cloud is gone");

    private sealed class Link(ModelledCloud cloud) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            cloud.AnswerAsync(request, cancellationToken);
    }
}
