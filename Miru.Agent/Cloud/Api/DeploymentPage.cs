using Miru.Agent.Configs;

namespace Miru.Agent.Cloud.Api;

/// <summary>One page of the device's active deployments.</summary>
/// <param name="NotModified">Nothing changed since the list with the tag that was sent; the other values are empty.</param>
/// <param name="HasMore">Further pages follow.</param>
/// <param name="Tag">Names this state of the list; null where the server has no tags.</param>
/// <param name="WaitApplied">The server can hold the request until something changes.</param>
internal sealed record DeploymentPage(
    bool NotModified, IReadOnlyList<FetchedDeployment> Deployments, bool HasMore, string? Tag, bool WaitApplied);
