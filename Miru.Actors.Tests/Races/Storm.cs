using Akka.Actor;

namespace Miru.Actors.Tests.Races;

/// <summary>Chooses, from a seed, who is told what.</summary>
public sealed class Storm(Ledger ledger, int seed, Func<int> nextNumber)
{
    private static readonly Directive[] Verdicts =
        [Directive.Resume, Directive.Resume, Directive.Restart, Directive.Restart, Directive.Restart, Directive.Stop, Directive.Escalate];

    private readonly Random _random = new(seed);

    /// <summary>How many actors may come to life.</summary>
    public int MaxPopulation { get; init; } = 1000;

    public void Step()
    {
        var target = Anybody();
        target.Tell(Message(target), ActorRefs.NoSender);
    }

    private Numbered Message(IActorRef target) => _random.Next(100) switch
    {
        < 40 => new Work(nextNumber()),
        < 60 => new Fail(nextNumber(), Verdict(target)),
        < 80 when ledger.Population < MaxPopulation => new Spawn(nextNumber(), Stillborn: _random.Next(20) == 0),
        < 83 => new Halt(nextNumber()),
        < 95 => new LookAt(nextNumber(), Anybody()),
        _ => new LookAway(nextNumber(), Anybody()),
    };

    /// <summary>The roots of the storm never escalate: what is above them is not part of it.</summary>
    private Directive Verdict(IActorRef target)
    {
        var verdict = Verdicts[_random.Next(Verdicts.Length)];
        return verdict == Directive.Escalate && target.Path.Elements.Count < 5 ? Directive.Restart : verdict;
    }

    private IActorRef Anybody() => ledger.Actor(_random.Next(ledger.Population));
}
