using Akka.Actor;

namespace Miru.Actors.Tests.Races;

/// <summary>What the storm tells its actors. Each message has a number of its own: its fate is accounted for.</summary>
public abstract record Numbered(int Number);

public sealed record Work(int Number) : Numbered(Number);

/// <summary>Have the actor fail, and its supervisor decide like this.</summary>
public sealed record Fail(int Number, Directive Verdict) : Numbered(Number);

public sealed record Spawn(int Number, bool Stillborn) : Numbered(Number);

public sealed record Halt(int Number) : Numbered(Number);

public sealed record LookAt(int Number, IActorRef Subject) : Numbered(Number);

public sealed record LookAway(int Number, IActorRef Subject) : Numbered(Number);

public sealed class StormException(Directive verdict) : Exception($"storm: {verdict}")
{
    public Directive Verdict => verdict;
}
