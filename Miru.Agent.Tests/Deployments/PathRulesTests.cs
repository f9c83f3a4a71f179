using Miru.Agent.Deployments;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

public sealed class PathRulesTests
{
    private static readonly string[] Roots = ["/srv/miru", "/etc/robot"];

    [Theory]
    [InlineData("/srv/miru/a.json")]
    [InlineData("/srv/miru/configs/v1/motion-control.json")]
    [InlineData("/etc/robot/..hidden/a..b")]
    public void A_path_below_an_allowed_root_is_fine(string path) => Assert.Null(PathRules.Violation(path, Roots));

    [Theory]
    [InlineData("")]
    [InlineData("a.json")]
    [InlineData("srv/miru/a.json")]
    [InlineData("/srv/miru")]
    [InlineData("/srv/miru/")]
    [InlineData("/srv/mirubad/a.json")]
    [InlineData("/srv/miru/../miru/a.json")]
    [InlineData("/srv/miru/./a.json")]
    [InlineData("/srv/miru//a.json")]
    [InlineData("/srv/miru/a/..")]
    [InlineData("/etc/passwd")]
    [InlineData("/srv/miru/a\nb")]
    [InlineData("/srv/miru/a\0b")]
    [InlineData("/srv/miru/.a.json.miru-new")]
    public void Any_other_path_is_refused_with_a_reason(string path) => Assert.NotNull(PathRules.Violation(path, Roots));

    [Fact]
    public void A_name_longer_than_the_file_system_takes_is_refused() =>
        Assert.Contains("too long", PathRules.Violation("/srv/miru/" + new string('é', 125), Roots));

    [Fact]
    public void Two_configs_cannot_share_a_path() =>
        Assert.Contains("two configs", PathRules.Violation(["/srv/miru/a", "/srv/miru/b", "/srv/miru/a"], Roots));

    [Fact]
    public void A_config_cannot_lie_below_another() =>
        Assert.Contains("below the path of another", PathRules.Violation(["/srv/miru/a/b/c", "/srv/miru/a"], Roots));
}
