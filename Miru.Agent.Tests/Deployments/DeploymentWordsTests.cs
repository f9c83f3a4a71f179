using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

public sealed class DeploymentWordsTests
{
    [Fact]
    public void Every_value_has_its_name_and_is_found_by_it()
    {
        Check<DeploymentTarget>();
        Check<DeploymentActivity>();
        Check<DeploymentError>();
        Check<DeploymentHold>();
        Check<StoreEventKind>();
        Check<DriftKind>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Deployed")]
    [InlineData("1")]
    public void Other_words_are_none(string? word) => Assert.False(DeploymentWords.TryRead<DeploymentTarget>(word, out _));

    private static void Check<T>()
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            Assert.Equal(value.ToString().ToLowerInvariant(), value.Word());
            Assert.Equal(value, DeploymentWords.Read<T>(value.Word()));
        }
    }
}
