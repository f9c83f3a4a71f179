using System.Net.Http.Headers;
using System.Runtime.InteropServices;

namespace Miru.Agent.Cloud.Api;

/// <summary>What every request says about the agent; the first header is required by the contract.</summary>
internal static class AgentHeaders
{
    public const string ContractVersion = "v0.4";

    /// <summary>The agent's version with a leading v.</summary>
    public static readonly string Version = "v" + typeof(AgentHeaders).Assembly.GetName().Version!.ToString(3);

    public static void AddTo(HttpRequestHeaders headers)
    {
        headers.Add("Miru-Version", ContractVersion);
        headers.Add("Miru-Agent-Version", Version);
        headers.TryAddWithoutValidation("Miru-Agent-Host-Name", Environment.MachineName);
        headers.Add("Miru-Agent-Arch", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());
        headers.Add("Miru-Agent-Language", "dotnet");
        headers.Add("Miru-Agent-OS", "linux");
        headers.UserAgent.Add(new ProductInfoHeaderValue("miru-agent", Version[1..]));
    }
}
