namespace Akka.Event;

/// <summary>
/// Brings events to those who subscribed to their class. Publishing calls the subscribers on the publisher's thread and reads one
/// immutable table; subscribing replaces it.
/// </summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
{
    private readonly Lock _gate = new();
    private volatile SubscriptionTable<TClassifier, TSubscriber> _table = SubscriptionTable<TClassifier, TSubscriber>.Empty;

    /// <summary>Called by the deriving class only.</summary>
    protected EventBus() { }

    /// <summary>Subscribes; false when that changes nothing.</summary>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier) => Replace(table => table.With(subscriber, classifier));

    /// <summary>Ends all subscriptions of a subscriber; false when it had none.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber) => Replace(table => table.Without(subscriber));

    /// <summary>Ends a subscription; false when there was none.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier) => Replace(table => table.Without(subscriber, classifier));

    /// <summary>Brings an event to every subscriber of its class, each once.</summary>
    public virtual void Publish(TEvent @event)
    {
        foreach (var subscriber in _table.SubscribersOf(GetClassifier(@event), IsSubClassification)) Publish(@event, subscriber);
    }

    /// <summary>True when a subscriber of the parent gets events of the child.</summary>
    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    /// <summary>Brings an event to one subscriber.</summary>
    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    /// <summary>True when the event is of the class.</summary>
    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    /// <summary>The class of an event.</summary>
    protected abstract TClassifier GetClassifier(TEvent @event);

    internal IEnumerable<TSubscriber> Subscribers => _table.Subscribers;

    private bool Replace(Func<SubscriptionTable<TClassifier, TSubscriber>, SubscriptionTable<TClassifier, TSubscriber>> change)
    {
        lock (_gate)
        {
            var table = change(_table);
            if (ReferenceEquals(table, _table)) return false;
            _table = table;
            return true;
        }
    }
}
