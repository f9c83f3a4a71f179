using System.Collections.Concurrent;

namespace Akka.Event;

/// <summary>Who subscribed to what: immutable but for a cache of the subscribers of each class of events met so far.</summary>
internal sealed class SubscriptionTable<TClassifier, TSubscriber>
{
    internal static readonly SubscriptionTable<TClassifier, TSubscriber> Empty = new([]);

    private readonly (TSubscriber Subscriber, TClassifier Classifier)[] _subscriptions;
    private readonly ConcurrentDictionary<TClassifier, TSubscriber[]> _cache = new();

    private SubscriptionTable((TSubscriber, TClassifier)[] subscriptions) => _subscriptions = subscriptions;

    internal IEnumerable<TSubscriber> Subscribers => _subscriptions.Select(subscription => subscription.Subscriber).Distinct();

    internal TSubscriber[] SubscribersOf(TClassifier classifier, Func<TClassifier, TClassifier, bool> isSubClassification)
    {
        if (_subscriptions.Length == 0) return [];
        return _cache.TryGetValue(classifier, out var known) ? known : _cache.GetOrAdd(classifier, _subscriptions
            .Where(subscription => isSubClassification(subscription.Classifier, classifier))
            .Select(subscription => subscription.Subscriber).Distinct().ToArray());
    }

    internal SubscriptionTable<TClassifier, TSubscriber> With(TSubscriber subscriber, TClassifier classifier) =>
        _subscriptions.Contains((subscriber, classifier)) ? this : new([.. _subscriptions, (subscriber, classifier)]);

    internal SubscriptionTable<TClassifier, TSubscriber> Without(TSubscriber subscriber, TClassifier classifier) =>
        Keep(subscription => !subscription.Equals((subscriber, classifier)));

    internal SubscriptionTable<TClassifier, TSubscriber> Without(TSubscriber subscriber) =>
        Keep(subscription => !Equals(subscription.Subscriber, subscriber));

    private SubscriptionTable<TClassifier, TSubscriber> Keep(Func<(TSubscriber Subscriber, TClassifier Classifier), bool> wanted)
    {
        var kept = _subscriptions.Where(wanted).ToArray();
        return kept.Length == _subscriptions.Length ? this : new(kept);
    }
}
