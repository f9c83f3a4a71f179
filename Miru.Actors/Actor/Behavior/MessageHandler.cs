namespace Akka.Actor;

/// <summary>One registered handler: false when the message is not for it.</summary>
internal abstract class MessageHandler
{
    /// <summary>True when no message can fall through.</summary>
    internal virtual bool TakesAll => false;

    internal abstract bool TryHandle(object message);
}

/// <summary>Takes messages of a type that a predicate agrees with.</summary>
internal sealed class TypedHandler<T>(Action<T> handler, Predicate<T> shouldHandle) : MessageHandler
{
    internal override bool TakesAll => typeof(T) == typeof(object) && shouldHandle is null;

    internal override bool TryHandle(object message)
    {
        if (message is not T typed || shouldHandle is not null && !shouldHandle(typed)) return false;
        handler(typed);
        return true;
    }
}

/// <summary>Takes messages of a type and decides itself, in handling, whether it did.</summary>
internal sealed class FilteringHandler<T>(Func<T, bool> handler) : MessageHandler
{
    internal override bool TryHandle(object message) => message is T typed && handler(typed);
}

/// <summary>Takes messages of a type known only at run time.</summary>
internal sealed class UntypedHandler(Type messageType, Action<object> handler, Predicate<object> shouldHandle) : MessageHandler
{
    internal override bool TakesAll => messageType == typeof(object) && shouldHandle is null;

    internal override bool TryHandle(object message)
    {
        if (!messageType.IsInstanceOfType(message) || shouldHandle is not null && !shouldHandle(message)) return false;
        handler(message);
        return true;
    }
}
