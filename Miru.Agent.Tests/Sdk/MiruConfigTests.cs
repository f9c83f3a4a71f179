using Miru.Agent.Tests.Doubles;
using Miru.Sdk;
using Miru.Sdk.Snapshots;
using Newtonsoft.Json;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

public sealed class MiruConfigTests
{
    [Fact]
    public void Content_is_read_as_what_the_application_expects() =>
        Assert.Equal(new Motion(1.5, "careful"), Config("{\"maxSpeed\":1.5,\"mode\":\"careful\",\"new\":1}").As<Motion>());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"maxSpeed\":")]
    [InlineData("{\"maxSpeed\":\"secret\"}")]
    [InlineData("[1]")]
    public void Content_of_another_shape_is_refused_without_quoting_it(string content)
    {
        var config = Config(content);

        var refusal = Assert.Throws<MiruContentException>(() => config.As<Motion>());

        Assert.Equal(("motion", "content_invalid"), (refusal.Slug, refusal.ErrorCode));
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"maxSpeed\":null}")]
    public void A_member_that_must_be_there_is_missed(string content)
    {
        Assert.Equal(new Lenient(null), Config(content).As<Lenient>());
        Assert.Throws<MiruContentException>(() => Config(content).As<Strict>());
    }

    private static MiruConfig Config(string content) => SnapshotStaging.ToConfig(Wire.Config("motion", 1, content), "e");

    private sealed record Motion(double MaxSpeed, string Mode);

    private sealed record Lenient(double? MaxSpeed);

    private sealed record Strict([property: JsonRequired] double MaxSpeed);
}
