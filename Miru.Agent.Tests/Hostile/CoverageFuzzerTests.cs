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
    public void What_a_search_once_found_upsets_nothing_any_more()
    {
        foreach (var input in FuzzCorpus.Findings.Concat(FuzzCorpus.Reaching))
        {
            var upset = Record.Exception(() => ConnectionTarget.Run(input));

            Assert.True(upset is null, $"{Convert.ToHexStringLower(input)} {upset}");
        }
    }

    [Fact]
    public void What_is_kept_reaches_further_than_the_conformance_kit()
    {
        using var target = FuzzTargets.Connection();

        Assert.NotEmpty(CoverageFuzzer.Distil(target, ConnectionTarget.Golden, FuzzCorpus.Reaching));
    }

    [Fact]
    public void No_bytes_upset_a_connection()
    {
        using var target = FuzzTargets.Connection();
        var fuzzer = new CoverageFuzzer(target, seed: 1);

        var found = fuzzer.Run(ConnectionTarget.Golden, TimeSpan.FromSeconds(3));

        Assert.True(found is null, $"{Convert.ToHexString(found?.Input ?? [])} {found?.Failure}");

        // It is led: inputs were kept beyond those it began with, and the counting copies did run.
        Assert.True(fuzzer.Corpus.Count > ConnectionTarget.Golden.Count());
        Assert.True(fuzzer.Coverage.Reached > 300);
    }
}
