using System.Collections.Concurrent;
using Akka.Actor;

namespace Miru.Actors.Tests.Races;

/// <summary>What happened in a storm, written by its actors from any thread.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<int, int> _fates = new();
    private readonly ConcurrentDictionary<IActorRef, byte> _dead = new();
    private readonly ConcurrentDictionary<(IActorRef Watcher, IActorRef Subject), Watch> _watches = new();
    private readonly List<IActorRef> _actors = [];
    private int _born;
    private int _ended;
    private int _settled;

    public int Instances => Volatile.Read(ref _born) - Volatile.Read(ref _ended);

    /// <summary>How many messages met their fate.</summary>
    public int Settled => Volatile.Read(ref _settled);

    public int Born => Volatile.Read(ref _born);

    public int Deaths => _dead.Count;

    public int Population
    {
        get { lock (_actors) return _actors.Count; }
    }

    public IActorRef Actor(int index)
    {
        lock (_actors) return _actors[index];
    }

    public void Enter(IActorRef actor)
    {
        lock (_actors) _actors.Add(actor);
    }

    public void InstanceBorn() => Interlocked.Increment(ref _born);

    public void InstanceEnded() => Interlocked.Increment(ref _ended);

    public void Died(IActorRef actor) => Assert.True(_dead.TryAdd(actor, 0), $"{actor} died twice");

    public bool IsDead(IActorRef actor) => _dead.ContainsKey(actor);

    /// <summary>A message was handled or became a dead letter: that must happen to each exactly once.</summary>
    public void Fate(Numbered message)
    {
        Interlocked.Increment(ref _settled);
        _fates.AddOrUpdate(message.Number, 1, static (_, times) => times + 1);
    }

    public int TimesOf(int number) => _fates.GetValueOrDefault(number);

    public void Watched(IActorRef watcher, IActorRef subject) => _watches[(watcher, subject)] = new Watch();

    public void Unwatched(IActorRef watcher, IActorRef subject) => _watches.TryRemove((watcher, subject), out _);

    public void Answered(IActorRef watcher, IActorRef subject)
    {
        if (_watches.TryGetValue((watcher, subject), out var watch)) watch.Answers++;
        else Assert.Fail($"{watcher} heard of {subject}, which it does not watch");
    }

    /// <summary>Watches of the living whose answers are not as many as they should be: one if the subject is dead, none while it lives.</summary>
    public IReadOnlyList<string> WrongWatches() =>
    [
        .. from entry in _watches
           where !IsDead(entry.Key.Watcher)
           let due = IsDead(entry.Key.Subject) ? 1 : 0
           where entry.Value.Answers != due
           select $"{entry.Key.Watcher} heard {entry.Value.Answers} times of {entry.Key.Subject}, not {due}",
    ];

    private sealed class Watch
    {
        internal volatile int Answers;
    }
}
