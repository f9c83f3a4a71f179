using Xunit;

namespace Miru.Agent.Tests.Architecture;

/// <summary>The agent and its tests must compile on Akka.NET's packages as they do here.</summary>
public sealed class ActorApiTests
{
    [Fact]
    public void Only_the_switch_names_a_runtime()
    {
        var naming = new[] { "Miru.Agent", "Miru.Agent.Tests", "Miru.Actors.Tests", "Miru.Benchmarks" }
            .Where(project => System.Text.RegularExpressions.Regex.IsMatch(
                Sources.Read($"{project}/{project}.csproj"), @"Include=""(Akka|[^""]*Miru\.Actors(\.TestKit)?\.csproj)"));

        Assert.Empty(naming);
    }
}
