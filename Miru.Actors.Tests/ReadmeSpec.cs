using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Miru.Actors.Tests;

/// <summary>The table of semantics says what the suite proves, and nothing else.</summary>
public partial class ReadmeSpec
{
    private static readonly string[] OtherFolders = ["Api", "Configuration", "Hosting", "IO", "Own", "Streams", "TestKit"];

    [Fact]
    public void Names_every_test_of_actors_and_no_other()
    {
        var tests = typeof(ReadmeSpec).Assembly.GetTypes()
            .Where(type => type != typeof(ReadmeSpec) && !OtherFolders.Contains(type.Namespace?.Split('.').ElementAtOrDefault(3)))
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();
        var all = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here()), "README.md")).Split("## All semantics")[1];
        var named = TestName().Matches(all).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Empty(tests.Except(named).Select(test => "not in the table: " + test).Concat(named.Except(tests).Select(test => "not a test: " + test)));
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"\| `(\w+\.\w+)` \|")]
    private static partial Regex TestName();
}
