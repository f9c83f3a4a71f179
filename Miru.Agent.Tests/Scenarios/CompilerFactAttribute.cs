using Xunit;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>A test that needs g++, and is skipped, saying so, where there is none.</summary>
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute()
    {
        if (!CppClient.HasCompiler)
            Skip = "g++ is not installed";
    }
}
