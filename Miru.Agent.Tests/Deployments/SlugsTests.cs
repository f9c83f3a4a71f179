using Miru.Agent.Deployments;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

public sealed class SlugsTests
{
    [Theory]
    [InlineData("Motion Control", "motion-control")]
    [InlineData("motion-control", "motion-control")]
    [InlineData("Nav2  (v1.3)", "nav2-v1-3-")]
    [InlineData("Überfahrt", "-berfahrt")]
    [InlineData("A__B", "a-b")]
    [InlineData("日本", "-")]
    public void A_type_name_becomes_lower_case_with_single_dashes(string name, string slug) => Assert.Equal(slug, Slugs.Of(name));

    [Fact]
    public void Different_types_keep_their_plain_slugs() =>
        Assert.Equal(["motion-control", "localization"], Assign(("Motion Control", "/srv/a.json"), ("Localization", "/srv/b.json")));

    [Fact]
    public void Of_two_with_one_slug_the_file_that_is_called_so_keeps_it() =>
        Assert.Equal(["camera", "camera@rear"], Assign(("Camera", "/srv/camera.json"), ("Camera", "/srv/rear.json")));

    [Fact]
    public void If_no_file_is_called_so_each_carries_its_own_stem() =>
        Assert.Equal(["camera@front", "camera@rear"], Assign(("Camera", "/srv/front.json"), ("Camera", "/srv/rear.json")));

    [Theory]
    [InlineData("/srv/a/camera.json", "/srv/b/camera.json", "camera")]
    [InlineData("/srv/a/rear.json", "/srv/b/rear.yaml", "camera@rear")]
    public void A_clash_that_remains_is_named(string first, string second, string clash)
    {
        Slugs.Assign([Config("Camera", first), Config("Camera", second)], out var found);

        Assert.Equal(clash, found);
    }

    private static DeploymentConfig Config(string type, string path) => new(type, path, null, "sha256:", default);

    private static IReadOnlyList<string> Assign(params (string Type, string Path)[] configs)
    {
        var slugs = Slugs.Assign([.. configs.Select(config => Config(config.Type, config.Path))], out var clash);
        Assert.Null(clash);
        return slugs;
    }
}
