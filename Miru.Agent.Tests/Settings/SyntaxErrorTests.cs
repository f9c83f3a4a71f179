using Miru.Agent.Settings;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Settings;

/// <summary>What our HOCON parser knows of an error. Akka.NET's names no line, so this stays out of a build on its packages.</summary>
public sealed class SyntaxErrorTests
{
    [Fact]
    public void A_syntax_error_names_the_line()
    {
        using var directory = new TemporaryDirectory();
        var overlay = directory.File("agent.conf");
        File.WriteAllText(overlay, "miru {\n  log {\n    level = info\n");

        var refused = Assert.Throws<SettingsException>(() => AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), overlay, _ => null));

        Assert.Matches("(?i)line", Assert.Single(refused.Problems).Reason);
    }
}
