using System.Text.RegularExpressions;
using Xunit;

namespace Miru.Agent.Tests.Architecture;

/// <summary>Three walls: HTTP stops at Cloud/, files and SQL stop at Configs/ and Deployments/, frames stop at Connections/.</summary>
public sealed class WallTests
{
    [Theory]
    [InlineData(@"\bHttp(Client|RequestMessage|ResponseMessage)\b|System\.Net\.Http", "Cloud")]
    [InlineData(@"\bSqlite\w*\b", "Configs")]
    [InlineData(@"\bMiru\.Protocol\b", "Connections")]
    [InlineData(@"System\.Net\.Sockets", "Connections", "Cloud", "Hosting")] // Hosting speaks to systemd
    public void A_wall_is_not_crossed(string pattern, params string[] allowed)
    {
        var crossings = Sources.CSharp("Miru.Agent")
            .Where(file => !allowed.Contains(file.Path.Split('/')[1]) && Regex.IsMatch(file.Text, pattern))
            .Select(file => file.Path);

        Assert.Empty(crossings);
    }

    [Fact]
    public void Only_the_hops_that_own_durable_things_touch_files()
    {
        // Settings reads its one file, Cloud keeps the device's keys, Connections owns the socket's place.
        string[] allowed = ["Configs", "Deployments", "Settings", "Cloud", "Connections"];

        var crossings = Sources.CSharp("Miru.Agent")
            .Where(file => !allowed.Contains(file.Path.Split('/')[1]) && Regex.IsMatch(file.Text, @"\b(File|Directory|FileStream)\.\w+\("))
            .Select(file => file.Path);

        Assert.Empty(crossings);
    }

    [Fact]
    public void The_agent_exports_nothing()
    {
        Assert.Empty(typeof(Miru.Agent.Configs.ConfigSnapshot).Assembly.GetExportedTypes());
    }

    [Fact]
    public void The_sdk_knows_no_actors()
    {
        Assert.DoesNotContain(typeof(Miru.Sdk.MiruClient).Assembly.GetReferencedAssemblies(),
            name => name.Name is "Miru.Actors" or "Akka" or "miru-agent");
    }

    [Fact]
    public void No_product_file_sleeps_or_reads_an_ambient_clock()
    {
        var offenders = new[] { "Miru.Agent", "Miru.Sdk", "Miru.Protocol", "Miru.Cloud" }
            .SelectMany(Sources.CSharp)
            .Where(file => Regex.IsMatch(file.Text, @"\bThread\.Sleep\(|\bDateTime(Offset)?\.(UtcNow|Now)\b|\bTask\.Run\(|CreateUnbounded<"))
            .Select(file => file.Path);

        Assert.Empty(offenders);
    }
}
