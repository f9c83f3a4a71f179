using System.Reflection;
using System.Text.RegularExpressions;
using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Architecture;

public sealed partial class ProtocolClauseTests
{
    [Fact]
    public void Each_clause_of_the_protocol_is_named_by_a_test_and_each_test_names_one_that_exists()
    {
        var tested = typeof(ProtocolClauseTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Append<MemberInfo>(type))
            .SelectMany(member => member.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType == typeof(TraitAttribute)
                && attribute.ConstructorArguments[0].Value is "Clause")
            .Select(attribute => (string)attribute.ConstructorArguments[1].Value!)
            .ToHashSet();

        Assert.Equal(Documented().Order(), tested.Order());
    }

    [Fact]
    public void A_violation_names_only_clauses_that_are_documented()
    {
        var named = typeof(Clauses).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Subset(Documented().ToHashSet(), named.ToHashSet());
    }

    [Fact]
    [Trait("Clause", "error-1")]
    public void Every_error_code_is_documented_with_what_to_do() => Assert.Equal(
        ErrorCodes.All,
        ErrorRow().Matches(Document()).Select(row => row.Groups[1].Value));

    [Fact]
    [Trait("Clause", "frame-4")]
    public void Every_kind_is_documented_under_its_number()
    {
        var documented = KindCell().Matches(Document())
            .Select(cell => (int.Parse(cell.Groups[1].Value), cell.Groups[2].Value.Replace("_", "", StringComparison.Ordinal)));
        var declared = Enum.GetValues<FrameKind>().Select(kind => ((int)kind, kind.ToString().ToUpperInvariant()));

        Assert.Equal(declared.Order(), documented.Order());
    }

    private static string[] Documented() => [.. Clause().Matches(Document()).Select(clause => clause.Groups[1].Value)];

    private static string Document() => File.ReadAllText(SourceTree.File("docs", "protocol.md"));

    [GeneratedRegex(@"^`\[([a-z]+-\d+)\]`", RegexOptions.Multiline)]
    private static partial Regex Clause();

    [GeneratedRegex(@"^\| `([a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex ErrorRow();

    [GeneratedRegex(@"(\d+) `([A-Z_]+)`")]
    private static partial Regex KindCell();
}
