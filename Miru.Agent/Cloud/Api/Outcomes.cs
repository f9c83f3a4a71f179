using System.Net;

namespace Miru.Agent.Cloud.Api;

/// <summary>Maps statuses to what to do. Pure.</summary>
internal static class Outcomes
{
    /// <param name="isReport">The request told the server something about one deployment; then a refusal concerns that report only.</param>
    /// <param name="said">What the server's error said, or "".</param>
    public static CloudFailure Of(HttpStatusCode status, bool isReport, TimeSpan? retryAfter, string said)
    {
        var answer = $"the cloud answered {(int)status}{(said.Length == 0 ? "" : $" ({said})")}";
        return (int)status switch
        {
            401 => new CloudFailure(FailureKind.RefreshToken, answer),
            400 or 404 or 409 or 410 or 422 when isReport => new CloudFailure(FailureKind.Ignore, answer),
            408 or 409 or 425 or 429 or >= 500 => new CloudFailure(FailureKind.RetryLater, answer, retryAfter),
            >= 300 and < 400 => new CloudFailure(FailureKind.Stop, $"{answer}; redirects are not followed, set miru.cloud.url to the final address"),
            403 => new CloudFailure(FailureKind.Stop, $"{answer}; check in the cloud that this device is still enrolled"),
            404 => new CloudFailure(FailureKind.Stop, $"{answer}; check miru.cloud.url"),
            _ => new CloudFailure(FailureKind.Stop, answer),
        };
    }
}
