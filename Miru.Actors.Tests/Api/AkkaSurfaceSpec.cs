using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace Miru.Actors.Tests.Api;

/// <summary>The surface of the runtime and its test kit is under review: a change of it is a change of a text file.</summary>
public class AkkaSurfaceSpec
{
    /// <summary>What no longer changes without a reason. The kernel and the streams join when they have settled.</summary>
    private static readonly string[] Settled = ["Akka.Configuration.", "Akka.DependencyInjection.", "Akka.Hosting.", "Akka.TestKit."];

    [Fact]
    public void Is_what_the_reviewed_file_says()
    {
        var actual = ApiSurface.Of(typeof(ActorSystem).Assembly, typeof(TestKitBase).Assembly)
            .Where(line => Settled.Any(name => line.StartsWith(name, StringComparison.Ordinal))).ToList();
        // MIRU_ACCEPT_API=1 writes the file anew; the difference is then for the reviewer.
        if (Environment.GetEnvironmentVariable("MIRU_ACCEPT_API") == "1") File.WriteAllLines(FilePath(), actual);
        var reviewed = File.ReadAllLines(FilePath());
        Assert.Empty(actual.Except(reviewed).Select(line => "+ " + line).Concat(reviewed.Except(actual).Select(line => "- " + line)));
    }

    private static string FilePath([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here), "akka-surface.txt");
}
