using Xunit;

namespace Miru.Agent.Tests.Cloud.OpenApi;

/// <summary>Needs the published contract, whose text is not part of this repository.</summary>
internal sealed class ContractFactAttribute : FactAttribute
{
    private const string Variable = "MIRU_AGENT_CONTRACT";

    public ContractFactAttribute() => Skip = File is null ? $"{Variable} does not name the contract's OpenAPI document" : null;

    public static string? File => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;
}
