using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// An actor that registers a handler per type of message, in its constructor or in an action given to <c>Become</c>. Handlers are tried
/// in the order of registration; a predicate that says no lets the message fall through to the next.
/// </summary>
public abstract class ReceiveActor : UntypedActor
{
    private MessageHandlers _constructed;
    private MessageHandlers _building;

    /// <summary>Called by the deriving class only.</summary>
    protected ReceiveActor() => _building = new MessageHandlers();

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (!_constructed.TryHandle(message)) Unhandled(message);
    }

    /// <summary>Replaces the behaviour by the handlers that <paramref name="configure"/> registers.</summary>
    protected void Become(Action configure) => Become(HandlersOf(configure));

    /// <summary>The same, and keeps the behaviour before.</summary>
    protected void BecomeStacked(Action configure) => BecomeStacked(HandlersOf(configure));

    /// <summary>Handles messages of type T, if the predicate agrees.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T> shouldHandle = null) => Building.Add(new TypedHandler<T>(handler, shouldHandle));

    /// <summary>Handles messages of type T, if the predicate agrees.</summary>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Handles messages of type T; false lets the message fall through.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Building.Add(new FilteringHandler<T>(handler));

    /// <summary>Handles messages of a type, if the predicate agrees.</summary>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object> shouldHandle = null) =>
        Building.Add(new UntypedHandler(messageType, handler, shouldHandle));

    /// <summary>Handles messages of a type, if the predicate agrees.</summary>
    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Receive(messageType, handler, shouldHandle);

    /// <summary>Handles messages of a type; false lets the message fall through.</summary>
    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Building.Add(new FilteringHandler<object>(message => messageType.IsInstanceOfType(message) && handler(message)));

    /// <summary>Handles everything; no handler can follow.</summary>
    protected void ReceiveAny(Action<object> handler) => Building.Add(new TypedHandler<object>(handler, null));

    /// <summary>Handles messages of type T asynchronously: no other message is handled until the task has finished.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T> shouldHandle = null) => Receive(Awaited(handler), shouldHandle);

    /// <summary>Handles messages of type T asynchronously, if the predicate agrees.</summary>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => Receive(Awaited(handler), shouldHandle);

    /// <summary>Handles messages of a type asynchronously, if the predicate agrees.</summary>
    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object> shouldHandle = null) =>
        Receive(messageType, Awaited(handler), shouldHandle);

    /// <summary>Handles messages of a type asynchronously, if the predicate agrees.</summary>
    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        Receive(messageType, Awaited(handler), shouldHandle);

    /// <summary>Handles everything asynchronously; no handler can follow.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(Awaited(handler));

    /// <summary>The handlers of the constructor are complete: no more can be added to them.</summary>
    internal override void Initialize()
    {
        _constructed = _building;
        _building = null;
    }

    private MessageHandlers Building => _building ?? throw new InvalidOperationException(
        "You may only call Receive-methods when constructing the actor and inside Become().");

    private static Action<T> Awaited<T>(Func<T, Task> handler) => message => ActorTaskScheduler.RunTask(() => handler(message));

    private Receive HandlersOf(Action configure)
    {
        var outer = _building;
        var handlers = _building = new MessageHandlers();
        try { configure(); }
        finally { _building = outer; }
        return handlers.TryHandle;
    }
}
