using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A test that needs a program which not every machine has: skipped without it, with the reason.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string program) => Skip = Requirements.Missing(program);
}
