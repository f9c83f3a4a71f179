using Akka.Actor;
using Akka.Event;
using Miru.Actors.Tests.Doubles;

namespace Miru.Actors.Tests.Races;

/// <summary>
/// A storm that four threads blow into a thousand actors on all threads of the pool: here the interleavings are the machine's own.
/// Whatever they are, no message is handled twice or lost, every watch is answered once, and no instance is left behind.
/// </summary>
public class ParallelStormSpec : ActorSpec
{
    private const int Roots = 20;
    private const int Steps = 10_000;

    private readonly Ledger _ledger = new();
    private int _sent;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Loses_nothing(int seed)
    {
        Sys.EventStream.Subscribe(Sys.ActorOf(Props.Create(() => new Undertaker(_ledger))), typeof(DeadLetter));
        Sys.ActorOf(Props.Create(() => new Sky(_ledger, "akka.actor.default-dispatcher", Roots)));
        AwaitCondition(() => _ledger.Population >= Roots, Patience);
        var winds = Enumerable.Range(0, 4).Select(wind => new Thread(() => Blow(seed * 100 + wind))).ToList();
        winds.ForEach(wind => wind.Start());
        winds.ForEach(wind => wind.Join());
        AwaitAssert(Check, TimeSpan.FromSeconds(30));
    }

    private void Blow(int seed)
    {
        var storm = new Storm(_ledger, seed, () => Interlocked.Increment(ref _sent));
        for (var step = 0; step < Steps; step++)
        {
            storm.Step();
            // Not so far ahead that all is told before anything happens.
            SpinWait.SpinUntil(() => Volatile.Read(ref _sent) - _ledger.Settled < 1_000);
        }
    }

    private void Check()
    {
        Assert.Empty(Enumerable.Range(1, _sent).Where(number => _ledger.TimesOf(number) != 1).Select(number => $"message {number}: {_ledger.TimesOf(number)} times"));
        Assert.Empty(_ledger.WrongWatches());
        Assert.Equal(_ledger.Population - _ledger.Deaths, _ledger.Instances);
        Assert.True(_ledger.Deaths > 100 && _ledger.Born > _ledger.Population, $"it was no storm: {_ledger.Population} actors, {_ledger.Born} instances, {_ledger.Deaths} deaths");
    }

    /// <summary>Hears of every message that reached nobody.</summary>
    private sealed class Undertaker(Ledger ledger) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is DeadLetter { Message: Numbered numbered }) ledger.Fate(numbered);
        }
    }
}
