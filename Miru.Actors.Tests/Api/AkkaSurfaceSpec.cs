using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace Miru.Actors.Tests.Api;

/// <summary>The surface of the runtime and its test kit is under review: a change of it is a change of a text file.</summary>
public class AkkaSurfaceSpec
{
    [Fact]
    public void Is_what_the_reviewed_file_says()
    {
        var actual = ApiSurface.Of(typeof(ActorSystem).Assembly, typeof(TestKitBase).Assembly).ToList();
        // MIRU_ACCEPT_API=1 writes the file anew; the difference is then for the reviewer.
        if (Environment.GetEnvironmentVariable("MIRU_ACCEPT_API") == "1") File.WriteAllLines(FilePath(), actual);
        var reviewed = File.ReadAllLines(FilePath());
        Assert.Empty(actual.Except(reviewed).Select(line => "+ " + line).Concat(reviewed.Except(actual).Select(line => "- " + line)));
    }

    [Fact]
    public void Has_no_records_because_Akka_NET_has_none_here()
    {
        var records = new[] { typeof(ActorSystem).Assembly, typeof(TestKitBase).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.Namespace?.StartsWith("Akka", StringComparison.Ordinal) == true && type.GetMethod("<Clone>$") is not null);
        Assert.Empty(records);
    }

    private static string FilePath([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here), "akka-surface.txt");
}
