using Miru.Benchmarks.Hostile.Fuzzing;
using Xunit;

namespace Miru.Agent.Tests.Hostile;

/// <summary>Mutation led by coverage, for a moment; a minute of it: <c>dotnet run -c Release --project Miru.Benchmarks -- hostile</c>.</summary>
[Trait("Clause", "frame-5")]
public sealed class CoverageFuzzerTests
{
    [Fact]
    public void A_bug_behind_five_conditions_is_found()
    {
        using var target = FuzzTargets.Planted();
        var fuzzer = new CoverageFuzzer(target, seed: 1);

        var found = fuzzer.Run([new byte[16]], TimeSpan.FromSeconds(30));

        Assert.Contains("the planted bug", Assert.NotNull(found).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_upset_a_connection()
    {
        using var target = FuzzTargets.Connection();
        var fuzzer = new CoverageFuzzer(target, seed: 1);

        var found = fuzzer.Run(ConnectionTarget.Seeds, TimeSpan.FromSeconds(3));

        Assert.True(found is null, $"{Convert.ToHexString(found?.Input ?? [])} {found?.Failure}");

        // It is led: inputs were kept beyond those it began with, and the counting copies did run.
        Assert.True(fuzzer.Corpus.Count > ConnectionTarget.Seeds.Count());
        Assert.True(fuzzer.Coverage.Reached > 300);
    }
}
