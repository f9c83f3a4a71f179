using System.Collections.Concurrent;

namespace Akka.Event;

/// <summary>Who subscribed to what: immutable but for a cache of the subscribers of each class of events met so far.</summary>
internal sealed class SubscriptionTable<TClassifier, TSubscriber>
{
    internal static readonly SubscriptionTable<TClassifier, TSubscriber> Empty = new([]);

    private readonly Entry[] _entries;
    private readonly ConcurrentDictionary<TClassifier, TSubscriber[]> _cache = new();

    private SubscriptionTable(Entry[] entries) => _entries = entries;

    internal IEnumerable<TSubscriber> Subscribers => _entries.Select(entry => entry.Subscriber).Distinct();

    internal TSubscriber[] SubscribersOf(TClassifier classifier, Func<TClassifier, TClassifier, bool> isSubClassification)
    {
        if (_entries.Length == 0) return [];
        return _cache.TryGetValue(classifier, out var known) ? known : _cache.GetOrAdd(classifier, _entries
            .Where(entry => isSubClassification(entry.Classifier, classifier))
            .Select(entry => entry.Subscriber).Distinct().ToArray());
    }

    internal SubscriptionTable<TClassifier, TSubscriber> With(TSubscriber subscriber, TClassifier classifier) =>
        Array.Exists(_entries, entry => entry.Is(subscriber, classifier)) ? this : new([.. _entries, new Entry(subscriber, classifier)]);

    internal SubscriptionTable<TClassifier, TSubscriber> Without(TSubscriber subscriber, TClassifier classifier) =>
        Keep(entry => !entry.Is(subscriber, classifier));

    internal SubscriptionTable<TClassifier, TSubscriber> Without(TSubscriber subscriber) => Keep(entry => !Equals(entry.Subscriber, subscriber));

    private SubscriptionTable<TClassifier, TSubscriber> Keep(Predicate<Entry> wanted)
    {
        var kept = Array.FindAll(_entries, wanted);
        return kept.Length == _entries.Length ? this : new(kept);
    }

    private sealed class Entry(TSubscriber subscriber, TClassifier classifier)
    {
        internal TSubscriber Subscriber => subscriber;

        internal TClassifier Classifier => classifier;

        internal bool Is(TSubscriber other, TClassifier otherClassifier) => Equals(subscriber, other) && Equals(classifier, otherClassifier);
    }
}
