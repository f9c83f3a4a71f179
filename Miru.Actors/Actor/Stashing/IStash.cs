namespace Akka.Actor;

/// <summary>
/// Puts messages aside that the actor cannot handle yet. A restart returns all of them, in order, to the front of the mailbox; a stop
/// leaves them to the dead letters.
/// </summary>
public interface IStash
{
    /// <summary>How many messages it holds at most; negative for no limit.</summary>
    int Capacity { get; }

    /// <summary>How many messages it holds.</summary>
    int Count { get; }

    /// <summary>True when it holds none.</summary>
    bool IsEmpty { get; }

    /// <summary>True when it holds some.</summary>
    bool NonEmpty { get; }

    /// <summary>True when it can take no more.</summary>
    bool IsFull { get; }

    /// <summary>Puts the current message aside.</summary>
    /// <exception cref="IllegalActorStateException">It is there already.</exception>
    void Stash();

    /// <summary>Returns the oldest message to the front of the mailbox.</summary>
    void Unstash();

    /// <summary>Returns all messages, in order, to the front of the mailbox.</summary>
    void UnstashAll();

    /// <summary>Returns the messages that the predicate wants; the others are dropped.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Empties the stash and gives what was in it.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages before those that are in the stash.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}
