using Akka.Actor;

namespace Miru.Agent.Cloud;

/// <summary>Who waits for a sync, in the order in which they asked. Belongs to the poller alone.</summary>
internal sealed class SyncWaiters
{
    private const int Most = 1024;

    private readonly List<(IActorRef Asker, int Ticket)> _waiters = [];

    public int Count => _waiters.Count;

    /// <summary>False if too many wait already.</summary>
    public bool TryAdd(IActorRef asker, int ticket)
    {
        if (_waiters.Count >= Most)
        {
            return false;
        }

        _waiters.Add((asker, ticket));
        return true;
    }

    /// <summary>Tells the first of them how it ended; they wait no more.</summary>
    public void Answer(int count, SyncOutcome outcome, string? problem)
    {
        foreach (var (asker, ticket) in _waiters.Take(count))
        {
            asker.Tell(new SyncFinished(ticket, outcome, problem));
        }

        _waiters.RemoveRange(0, count);
    }
}
