using Akka.Actor;

namespace Miru.Actors.Tests.Stress;

/// <summary>
/// Who was born, what was told and what became of it. Everything runs on one thread, so plain fields do; that only one actor runs at a
/// time is part of what the ledger proves.
/// </summary>
internal sealed class StormLedger(int mostActors)
{
    private enum Fate { Pending, PutAside, Handled, Dead }

    private readonly List<IActorRef> _actors = [];
    private readonly List<Fate> _fates = [];
    private readonly HashSet<int> _spoiled = [];
    private readonly Dictionary<int, int> _watching = [];
    private readonly HashSet<int> _watched = [];
    private readonly List<WeakReference> _instances = [];
    private readonly HashSet<int> _census = [];

    /// <summary>Every event in its order: who, what, about which number.</summary>
    public List<(int Actor, string What, int Number)> History { get; } = [];

    public IReadOnlyList<IActorRef> Actors => _actors;

    public IReadOnlyCollection<int> Census => _census;

    public int Restarts { get; private set; }

    public int Answered { get; private set; }

    public int InstancesInMemory => _instances.Count(instance => instance.IsAlive);

    public int Handled => _fates.Count(fate => fate == Fate.Handled);

    public int DeadLetters => _fates.Count(fate => fate == Fate.Dead);

    /// <summary>Orders whose fate is still open, and whom they were told; ticks are not among them: their timers may be cancelled.</summary>
    public IEnumerable<(int Number, int Actor)> Open =>
        from told in History
        where told.What == "is told" && _fates[told.Number] is Fate.Pending or Fate.PutAside
        select (told.Number, told.Actor);

    public int Tell(int target, Deed deed, int argument = 0, Directive verdict = default)
    {
        var number = Next();
        Note(target, "is told", number);
        _actors[target].Tell(new Order(number, deed, argument, verdict), ActorRefs.NoSender);
        return number;
    }

    public bool WasHandled(int number) => _fates[number] == Fate.Handled;

    public bool IsDeadLetter(int number) => _fates[number] == Fate.Dead;

    /// <summary>The number of an order that a timer may tell or, cancelled, may not.</summary>
    public int NextTick() => Next();

    public bool TryBear(out int id)
    {
        id = _actors.Count;
        return id < mostActors;
    }

    public void Bear(int id, IActorRef actor)
    {
        Assert.Equal(_actors.Count, id);
        _actors.Add(actor);
        Note(id, "is born", 0);
    }

    /// <summary>Makes the next construction of this actor fail.</summary>
    public void Spoil(int id) => _spoiled.Add(id);

    public void Construct(int id, StormActor instance)
    {
        var spoiled = _spoiled.Remove(id);
        Note(id, spoiled ? "fails to construct" : "constructs", 0);
        _instances.Add(new WeakReference(instance));
        Restarts++;
        if (spoiled) throw new InvalidOperationException("spoiled");
    }

    public bool PutAside(int number)
    {
        if (_fates[number] != Fate.Pending) return false;
        _fates[number] = Fate.PutAside;
        return true;
    }

    public void Handle(int number, int id)
    {
        Assert.True(_fates[number] is Fate.Pending or Fate.PutAside, $"Order {number} was {_fates[number]} before actor {id} handled it.");
        _fates[number] = Fate.Handled;
        Note(id, "handles", number);
    }

    public void Bury(Order order)
    {
        Assert.True(_fates[order.Number] is Fate.Pending or Fate.PutAside, $"Order {order.Number} was {_fates[order.Number]} before it became a dead letter.");
        _fates[order.Number] = Fate.Dead;
        Note(-1, "buries", order.Number);
    }

    /// <summary>At most one watch per watcher and one watcher per actor: the order in which several are told is nobody's promise.</summary>
    public bool TryWatch(int watcher, int subject, out IActorRef actor)
    {
        actor = _actors[subject];
        if (watcher == subject || _watching.ContainsKey(watcher) || !_watched.Add(subject)) return false;
        _watching.Add(watcher, subject);
        Note(watcher, "watches", subject);
        return true;
    }

    public bool TryUnwatch(int watcher, out IActorRef actor)
    {
        actor = null;
        if (!_watching.Remove(watcher, out var subject)) return false;
        _watched.Remove(subject);
        actor = _actors[subject];
        return true;
    }

    public void Answer(int watcher, IActorRef dead)
    {
        Assert.True(_watching.Remove(watcher, out var subject), $"Actor {watcher} heard of {dead}, which it did not watch any more.");
        Assert.Equal(_actors[subject], dead);
        Answered++;
        Note(watcher, "hears of", subject);
    }

    public void Count(int id) => Assert.True(_census.Add(id), $"Actor {id} was counted twice.");

    /// <summary>Watches of the living that concern the dead: each should have been answered.</summary>
    public IEnumerable<(int Watcher, int Subject)> UnansweredWatches() =>
        _watching.Where(watch => _census.Contains(watch.Key) && !_census.Contains(watch.Value)).Select(watch => (watch.Key, watch.Value));

    private int Next()
    {
        _fates.Add(Fate.Pending);
        return _fates.Count - 1;
    }

    private void Note(int actor, string what, int number) => History.Add((actor, what, number));
}
