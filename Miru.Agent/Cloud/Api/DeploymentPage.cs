using Miru.Agent.Cloud.Scheduling;
using Miru.Agent.Configs;

namespace Miru.Agent.Cloud.Api;

/// <summary>One page of the device's active deployments.</summary>
/// <param name="NotModified">Nothing changed since the list with the tag that was sent; the lists are empty.</param>
/// <param name="HasMore">Further pages follow.</param>
/// <param name="Tag">Names this state of the list; null where the server has no tags.</param>
/// <param name="WaitApplied">The server can hold the request until something changes.</param>
/// <param name="PollInterval">How often the server would like to be asked; null where it does not say.</param>
internal sealed record DeploymentPage(
    bool NotModified, IReadOnlyList<FetchedDeployment> Deployments, bool HasMore, string? Tag, bool WaitApplied, TimeSpan? PollInterval = null)
{
    /// <summary>The header by which a server may ask for another interval, in seconds. Ours; the contract has none.</summary>
    public const string PollIntervalHeader = "Miru-Poll-Interval";

    private const int LongestTag = 256;

    /// <exception cref="ContractException">The body is not a list of deployments.</exception>
    public static DeploymentPage Read(HttpResponseMessage response, byte[] body)
    {
        var tag = First(response, "ETag") is { Length: <= LongestTag } text && text.All(c => c is > ' ' and <= '~') ? text : null;
        var waitApplied = response.Headers.TryGetValues("Preference-Applied", out var applied)
            && applied.Any(value => value.Contains("wait", StringComparison.OrdinalIgnoreCase));
        var hint = PollSchedule.Hint(First(response, PollIntervalHeader));
        if (response.StatusCode == System.Net.HttpStatusCode.NotModified)
        {
            return new DeploymentPage(true, [], false, tag, waitApplied, hint);
        }

        var (deployments, hasMore) = ContractJson.Deployments(body);
        return new DeploymentPage(false, deployments, hasMore, tag, waitApplied, hint);
    }

    /// <summary>The raw text: what goes back as If-None-Match must be what came.</summary>
    private static string? First(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.First() : null;
}
