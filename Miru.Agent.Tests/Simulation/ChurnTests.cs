using System.Security.Cryptography;
using System.Text;
using Akka.TestKit.Xunit2;
using Miru.Benchmarks.Fleet;
using Xunit;
using Xunit.Abstractions;

namespace Miru.Agent.Tests.Simulation;

/// <summary>
/// Connection churn in virtual time. A longer campaign: <c>MIRU_CHURN_SEEDS=20000 dotnet test Miru.Agent.Tests --filter Simulation</c>;
/// a finding names its seed.
/// </summary>
[Trait("Clause", "watch-1")]
[Trait("Clause", "watch-2")]
[Trait("Clause", "watch-4")]
[Trait("Clause", "demand-1")]
public sealed class ChurnTests : TestKit
{
    private const int FewSeeds = 20;
    private readonly SimulatedDispatcher _dispatcher;
    private readonly ITestOutputHelper _output;

    public ChurnTests(ITestOutputHelper output)
        : base("""
            akka.loggers = []
            akka.loglevel = OFF
            akka.log-dead-letters = off
            akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
            """)
    {
        _dispatcher = SimulatedDispatcher.Register(Sys);
        _output = output;
    }

    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("MIRU_CHURN_SEEDS"), out var seeds) ? seeds : 200;

    protected override void AfterAll()
    {
        _dispatcher.End(Sys);
        base.AfterAll();
    }

    [Fact]
    public void Whatever_happens_applications_are_shown_whole_states_in_order_and_the_newest_in_the_end()
    {
        var (shown, resumed, full) = (0, 0, 0);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var churn = new Churn(Sys, _dispatcher, seed);
            churn.Run();
            var lines = churn.Traces.Values.SelectMany(trace => trace).ToList();
            shown += lines.Count(line => line.Contains(" shows ", StringComparison.Ordinal));
            resumed += lines.Count(line => line.Contains("<- Watching", StringComparison.Ordinal) && line.EndsWith("resumed", StringComparison.Ordinal));
            full += lines.Count(line => line.Contains("<- Watching", StringComparison.Ordinal) && !line.EndsWith("resumed", StringComparison.Ordinal));
        }

        _output.WriteLine($"{Seeds} seeds: {shown} states shown, {resumed} watches resumed, {full} begun with everything");

        // A run in which nothing happens proves nothing.
        Assert.True(shown > 50 * Seeds);
        Assert.True(resumed > 5 * Seeds);
        Assert.True(full > 5 * Seeds);
    }

    [Fact]
    public void The_same_seed_gives_the_same_trace()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            Assert.Equal(Hash(seed), Hash(seed));
        }

        Assert.NotEqual(Hash(1), Hash(2));
    }

    [Fact]
    [Trait("Clause", "stall-1")]
    public void Without_one_application_nothing_is_different_for_the_others()
    {
        for (var seed = 1; seed <= FewSeeds; seed++)
        {
            Assert.Empty(Disturbed(seed, Plant.None));
        }
    }

    [Fact]
    public void What_is_superseded_is_let_go_however_slow_its_readers_are()
    {
        const int Slugs = 5;
        for (var seed = 1; seed <= 10; seed++)
        {
            var churn = new Churn(Sys, _dispatcher, seed);
            churn.Run(weigh: true);

            // The store's own, and for each connection one of each slug that waits and one on its way to the socket.
            var (connections, contents) = churn.AtTheHeight;
            Assert.InRange(contents, 0, Slugs + (connections * (Slugs + 1)));
        }
    }

    [Theory]
    [InlineData(Plant.LostTombstone)]
    [InlineData(Plant.LostPush)]
    [InlineData(Plant.ReusedEpoch)]
    internal void A_planted_bug_is_found(Plant plant) =>
        Assert.Contains(Enumerable.Range(1, FewSeeds), seed => Finds(seed, plant));

    [Fact]
    public void A_planted_delay_of_the_others_is_found() =>
        Assert.Contains(Enumerable.Range(1, FewSeeds), seed => Disturbed(seed, Plant.SharedFate).Count > 0);

    private bool Finds(int seed, Plant plant)
    {
        try
        {
            new Churn(Sys, _dispatcher, seed, plant).Run();
            return false;
        }
        catch (SimulationException finding)
        {
            _output.WriteLine(finding.Message);
            return true;
        }
    }

    private List<string> Disturbed(int seed, Plant plant)
    {
        var with = new Churn(Sys, _dispatcher, seed, plant, inOrder: true);
        with.Run();
        var without = new Churn(Sys, _dispatcher, seed, plant == Plant.SharedFate ? Plant.None : plant, without: 0, inOrder: true);
        without.Run();

        // Until the peace: that lasts until the slowest has caught up.
        return [.. without.Traces.Where(trace => !Common(trace.Value, with.Traces[trace.Key])).Select(trace => trace.Key)];
    }

    private static bool Common(List<string> one, List<string> other)
    {
        var length = Math.Min(one.Count, other.Count);
        return length > 0 && one.Take(length).SequenceEqual(other.Take(length));
    }

    private string Hash(int seed)
    {
        var churn = new Churn(Sys, _dispatcher, seed);
        churn.Run();
        var text = string.Join('\n', churn.Traces.OrderBy(trace => trace.Key, StringComparer.Ordinal).SelectMany(trace => trace.Value));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
