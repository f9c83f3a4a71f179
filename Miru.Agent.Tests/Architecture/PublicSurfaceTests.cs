using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Architecture;

public sealed class PublicSurfaceTests
{
    /// <summary>Set to 1, the test writes the files instead of comparing them: the change is then seen in review.</summary>
    private const string AcceptVariable = "MIRU_ACCEPT_SURFACE";

    public static TheoryData<string, Type> Surfaces => new()
    {
        { "protocol-surface.txt", typeof(Frame) },
        { "sdk-surface.txt", typeof(MiruClient) },
    };

    [Theory, MemberData(nameof(Surfaces))]
    public void What_others_build_on_changes_only_on_purpose(string file, Type member)
    {
        var path = SourceTree.File("Miru.Agent.Tests", "Architecture", file);
        var actual = PublicSurface.Of(member.Assembly);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(
            File.ReadAllText(path) == actual,
            $"The public surface of {member.Assembly.GetName().Name} differs from {file}. If that is meant, run this test with "
            + $"{AcceptVariable}=1 and commit the file. Difference:\n{Difference(File.ReadAllLines(path), actual.Split('\n'))}");
    }

    private static string Difference(string[] expected, string[] actual) => string.Join('\n', [
        .. expected.Except(actual).Select(line => "- " + line),
        .. actual.Except(expected).Select(line => "+ " + line)]);
}
