using Xunit.Abstractions;

namespace Miru.Actors.Tests.Stress;

/// <summary>A thousand actors that fail, restart, stop, spawn and watch at random: what holds in each of the small tests holds in the crowd.</summary>
public class SupervisionStormSpec(ITestOutputHelper output)
{
    private const int Actors = 1000;
    private const int MostActors = 4000;
    private const int Steps = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Handles_no_message_twice_and_loses_none(int seed)
    {
        using var storm = RunStorm(seed);
        var ledger = storm.Ledger;
        storm.CallTheRoll();
        storm.Calm();
        // The ledger has refused second fates already; what is open has none at all. Nothing is put aside any more after the roll.
        Assert.Empty(ledger.Open);
        Assert.True(ledger.Handled > Steps / 4);
        Assert.True(ledger.DeadLetters > 0);
        output.WriteLine($"handled {ledger.Handled}, dead letters {ledger.DeadLetters}, constructions {ledger.Restarts}, born {ledger.Actors.Count}");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Answers_every_watch(int seed)
    {
        using var storm = RunStorm(seed);
        storm.TakeCensus();
        Assert.Empty(storm.Ledger.UnansweredWatches());
        Assert.True(storm.Ledger.Answered > 100);
        output.WriteLine($"answered {storm.Ledger.Answered}");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void Has_everyone_either_in_the_tree_and_awake_or_dead(int seed)
    {
        using var storm = RunStorm(seed);
        storm.TakeCensus();
        var roll = storm.CallTheRoll();
        for (var id = 0; id < roll.Count; id++)
        {
            var alive = storm.Ledger.Census.Contains(id);
            Assert.True(alive ? storm.Ledger.WasHandled(roll[id]) : storm.Ledger.IsDeadLetter(roll[id]), $"Actor {id} is {(alive ? "in the tree but asleep" : "gone but not dead")}.");
        }
        output.WriteLine($"alive {storm.Ledger.Census.Count} of {roll.Count}");
    }

    [Fact]
    public void Leaks_no_instance_of_the_dead()
    {
        using var storm = RunStorm(8);
        storm.End();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        output.WriteLine($"in memory {storm.Ledger.InstancesInMemory}");
        Assert.Equal(0, storm.Ledger.InstancesInMemory);
    }

    [Fact]
    public void Leaves_nobody_behind_when_the_root_stops()
    {
        using var storm = RunStorm(9);
        storm.End();
        Assert.All(storm.CallTheRoll(), number => Assert.True(storm.Ledger.IsDeadLetter(number)));
        Assert.Empty(storm.Ledger.Open);
    }

    [Fact]
    public void Has_the_same_history_for_the_same_seed()
    {
        using var one = RunStorm(10);
        using var other = RunStorm(10);
        using var different = RunStorm(11);
        Assert.Equal(one.Ledger.History, other.Ledger.History);
        Assert.NotEqual(one.Ledger.History, different.Ledger.History);
    }

    private static Storm RunStorm(int seed)
    {
        var storm = new Storm(seed, MostActors);
        storm.Grow(Actors);
        storm.Rage(Steps);
        storm.Calm();
        return storm;
    }
}
