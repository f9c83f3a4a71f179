using Akka.Actor;
using Akka.Dispatch;

namespace Miru.Agent.Notifications;

/// <summary>
/// Who hears of snapshots, and who of them has heard of the newest. A thousand sends in one go would keep everybody else from the thread
/// for milliseconds, so they are spread over turns; whoever has not been reached when a newer snapshot comes hears only that one.
/// </summary>
/// <param name="own">The notifier's dispatcher.</param>
internal sealed class SubscriberList(MessageDispatcher own)
{
    private readonly List<Subscriber> _subscribers = [];
    private readonly Dictionary<IActorRef, int> _places = [];
    private int _left;

    public int Count => _subscribers.Count;

    /// <summary>All of them, each with its command.</summary>
    public IEnumerable<(IActorRef Ref, Subscribe Command)> All => _subscribers.Select(one => (one.Ref, one.Command));

    /// <summary>Some have not heard of the newest.</summary>
    public bool IsBehind => _left > 0;

    public bool Contains(IActorRef subscriber) => _places.ContainsKey(subscriber);

    /// <summary>Adds a subscriber, or replaces its command.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(IActorRef subscriber, Subscribe command)
    {
        var receiver = ReferenceEquals(command.Dispatcher, own) ? command.Receiver : null;
        var entry = new Subscriber(subscriber, receiver, command);
        if (_places.TryGetValue(subscriber, out var place))
        {
            _subscribers[place] = entry;
            return false;
        }

        _places.Add(subscriber, _subscribers.Count);
        _subscribers.Add(entry);
        return true;
    }

    public void Remove(IActorRef subscriber)
    {
        if (!_places.Remove(subscriber, out var place))
        {
            return;
        }

        // The last one takes its place. It may hear of a snapshot twice there, which means nothing to it; never not at all.
        var last = _subscribers.Count - 1;
        if (place < last)
        {
            _subscribers[place] = _subscribers[last];
            _places[_subscribers[place].Ref] = place;
        }

        _subscribers.RemoveAt(last);
        _left = Math.Min(_left, last);
    }

    /// <summary>There is a newer snapshot, of which nobody has heard.</summary>
    public void FallBehind() => _left = _subscribers.Count;

    /// <summary>One turn: tells at most so many of those who have not heard of it.</summary>
    public void CatchUp(SnapshotAdvanced newest, int most)
    {
        var (first, end) = (Math.Max(0, _left - most), _left);
        _left = first;
        for (var i = first; i < end; i++)
        {
            var (subscriber, receiver, _) = _subscribers[i];
            if (receiver is not null)
            {
                receiver.OnAdvanced(newest);
            }
            else
            {
                subscriber.Tell(newest);
            }
        }

        for (var i = first; i < end; i++)
        {
            _subscribers[i].Receiver?.Push();
        }
    }

    /// <summary>Tells everybody.</summary>
    public void Publish(object fact)
    {
        foreach (var subscriber in _subscribers)
        {
            subscriber.Ref.Tell(fact);
        }
    }

    private readonly record struct Subscriber(IActorRef Ref, ISnapshotReceiver? Receiver, Subscribe Command);
}
