namespace Akka.Actor;

/// <summary>The handlers of one behaviour of a <see cref="ReceiveActor"/>, in order of registration.</summary>
internal sealed class MessageHandlers
{
    private MessageHandler[] _handlers = [];
    private bool _complete;

    /// <exception cref="InvalidOperationException">A handler before this one takes every message.</exception>
    internal void Add(MessageHandler handler)
    {
        if (_complete)
        {
            throw new InvalidOperationException(
                "A handler that catches all messages has been added. No handler can be added after that.");
        }
        _complete = handler.TakesAll;
        _handlers = [.. _handlers, handler];
    }

    internal bool TryHandle(object message)
    {
        foreach (var handler in _handlers)
            if (handler.TryHandle(message)) return true;
        return false;
    }
}
