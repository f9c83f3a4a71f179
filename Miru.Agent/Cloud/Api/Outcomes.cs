using System.Net;

namespace Miru.Agent.Cloud.Api;

/// <summary>Maps every status and every transport failure to what to do about it. Pure.</summary>
internal static class Outcomes
{
    /// <param name="isReport">The request told the server something about one thing; then a refusal concerns that report only.</param>
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

    /// <summary>Null for an exception that no network and no server can cause.</summary>
    /// <param name="deadline">Of the request.</param>
    public static CloudFailure? Of(Exception failure, TimeSpan deadline) => failure switch
    {
        // The shorter deadline of connecting; its own words say so.
        OperationCanceledException { InnerException: TimeoutException } => Later($"the cloud cannot be reached: {Innermost(failure)}"),
        OperationCanceledException => Later($"the cloud did not answer within {deadline.TotalSeconds:0.#} s"),

        // Not a reason to stop: a clock that is still to be set, or a captive portal, looks the same.
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Later(
            $"the connection to the cloud is not secure, so nothing was sent: {Innermost(failure)}; check miru.cloud.ca-file and this computer's clock"),
        HttpRequestException or IOException => Later($"the cloud cannot be reached: {Innermost(failure)}"),
        ContractException => Later($"the cloud's answer does not follow the contract: {failure.Message}"),
        _ => null,
    };

    /// <summary>Whether the cloud itself is in trouble, as opposed to the request.</summary>
    public static bool IsOutage(HttpStatusCode status) => (int)status is 429 or >= 500;

    private static CloudFailure Later(string reason) => new(FailureKind.RetryLater, reason);

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
        {
            failure = inner;
        }

        return failure.Message;
    }
}
