using Akka.Event;
using Akka.Streams.Implementation;
using static Akka.Streams.Implementation.ConnectionState;

namespace Akka.Streams.Stage;

/// <summary>
/// The running instance of a stage: its state and its handlers. All of it runs on the stream's actor, one handler at a time, so it needs
/// no locks; from outside it is reached through <see cref="GetAsyncCallback{T}"/> only. It stops when all its ports are closed, unless
/// <see cref="SetKeepGoing"/> says otherwise.
/// </summary>
public abstract partial class GraphStageLogic : IStageLogging, IInletOwner, IOutletOwner
{
    public readonly int InCount;
    public readonly int OutCount;

    private readonly Connection[] _ins;
    private readonly Connection[] _outs;
    private readonly IInHandler[] _inHandlers;
    private readonly IOutHandler[] _outHandlers;
    private bool? _keepGoing;
    private ILoggingAdapter _log;

    protected GraphStageLogic(int inCount, int outCount)
    {
        InCount = inCount;
        OutCount = outCount;
        OpenPorts = inCount + outCount;
        _ins = new Connection[inCount];
        _outs = new Connection[outCount];
        _inHandlers = new IInHandler[inCount];
        _outHandlers = new IOutHandler[outCount];
    }

    protected GraphStageLogic(Shape shape) : this(shape.Inlets.Length, shape.Outlets.Length)
    {
    }

    /// <summary>Whether the stage stays alive when its ports are closed, until <see cref="SetKeepGoing"/> or an end of the whole stage says otherwise.</summary>
    public virtual bool KeepGoingAfterAllPortsClosed => false;

    public ILoggingAdapter Log => _log ??= Interpreter.Host.Materializer.MakeLogger(LogSource);

    protected virtual object LogSource => this;

    protected IMaterializer Materializer => Interpreter.Host.Materializer;

    /// <summary>Materializes into this stream: the substreams run on the same actor and end with it.</summary>
    protected IMaterializer SubFusingMaterializer => Interpreter.Host.SubFusingMaterializer;

    internal GraphInterpreter Interpreter { get; set; }

    internal Attributes Attributes { get; set; }

    /// <summary>Ports that have not been closed from this side or the other.</summary>
    internal int OpenPorts { get; set; }

    internal bool HasStopped { get; private set; }

    internal bool KeepGoing => _keepGoing ?? KeepGoingAfterAllPortsClosed;

    /// <summary>Called once before any other handler, on the stream's actor.</summary>
    public virtual void PreStart()
    {
    }

    /// <summary>Called once after the last handler, also when the stream is torn down: releases what the stage holds.</summary>
    public virtual void PostStop()
    {
    }

    protected virtual void BeforePreStart()
    {
    }

    protected virtual void AfterPostStop()
    {
    }

    /// <summary>Closes all ports, and keeps the stage no longer: outputs complete (after what <c>Emit</c> has still to send), inputs are cancelled.</summary>
    public void CompleteStage() => CloseAll(SubscriptionWithCancelException.StageWasCompleted.Instance, null);

    /// <summary>Closes all ports, and keeps the stage no longer, because downstream has gone: outputs complete, inputs are cancelled for the same reason.</summary>
    public void CancelStage(Exception cause) => CloseAll(cause, cause is SubscriptionWithCancelException.NonFailureCancellation ? null : cause);

    /// <summary>Closes all ports, and keeps the stage no longer: outputs fail, inputs are cancelled with <paramref name="reason"/>.</summary>
    public void FailStage(Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        CloseAll(reason, reason);
    }

    /// <summary>Keeps the stage alive, or no longer, when its ports have been closed one by one.</summary>
    protected internal void SetKeepGoing(bool enabled) => _keepGoing = enabled;

    /// <summary>
    /// A function that may be called on any thread and that runs <paramref name="handler"/> on the stream's actor, if the stage still runs by then.
    /// </summary>
    protected internal Action<T> GetAsyncCallback<T>(Action<T> handler) =>
        element => Interpreter.Host.Post(new AsyncInput<T>(this, handler, element));

    /// <inheritdoc cref="GetAsyncCallback{T}"/>
    protected internal Action GetAsyncCallback(Action handler) =>
        () => Interpreter.Host.Post(new AsyncInput<Action>(this, static action => action(), handler));

    void IInletOwner.Attach(Inlet inlet, Connection connection)
    {
        _ins[inlet.Id] = connection;
        connection.Consumer = this;
        connection.InHandler = _inHandlers[inlet.Id] ?? throw NoHandler(inlet.Name);
        OnAttached(inlet, connection);
    }

    void IOutletOwner.Attach(Outlet outlet, Connection connection)
    {
        _outs[outlet.Id] = connection;
        connection.Producer = this;
        connection.OutHandler = _outHandlers[outlet.Id] ?? throw NoHandler(outlet.Name);
        OnAttached(outlet, connection);
    }

    /// <summary>For logics that keep their connections by type, to spare the look-up on each signal.</summary>
    private protected virtual void OnAttached(Inlet inlet, Connection connection)
    {
    }

    /// <inheritdoc cref="OnAttached(Inlet, Connection)"/>
    private protected virtual void OnAttached(Outlet outlet, Connection connection)
    {
    }

    internal void Start()
    {
        BeforePreStart();
        PreStart();
    }

    internal void Stop()
    {
        HasStopped = true;
        try
        {
            PostStop();
        }
        finally
        {
            AfterPostStop();
            EndSubstreams();
        }
    }

    private void CloseAll(Exception cancelCause, Exception failure)
    {
        foreach (var connection in _ins)
        {
            Interpreter.Cancel(connection, cancelCause);
        }

        foreach (var connection in _outs)
        {
            if (failure is null && connection.OutHandler is Emission emission)
            {
                emission.CompleteWhenDone();
            }
            else
            {
                Interpreter.Complete(connection, failure);
            }
        }

        SetKeepGoing(false);
    }

    private InvalidOperationException NoHandler(string port) => new($"No handler defined in stage [{this}] for port [{port}].");

    private Connection<T> ConnectionOf<T>(Inlet<T> inlet)
    {
        var id = inlet.Id;
        if ((uint)id < (uint)_ins.Length && _ins[id] is { } connection && ReferenceEquals(connection.Inlet, inlet))
        {
            // The connection was made by this very inlet, so its element type is T.
            return System.Runtime.CompilerServices.Unsafe.As<Connection<T>>(connection);
        }

        throw new ArgumentException($"The inlet [{inlet}] is not connected to stage [{this}].", nameof(inlet));
    }

    private Connection<T> ConnectionOf<T>(Outlet<T> outlet)
    {
        var id = outlet.Id;
        if ((uint)id < (uint)_outs.Length && _outs[id] is { } connection && ReferenceEquals(connection.Outlet, outlet))
        {
            // The connection was made for this very outlet, whose element type was compared with the inlet's.
            return System.Runtime.CompilerServices.Unsafe.As<Connection<T>>(connection);
        }

        throw new ArgumentException($"The outlet [{outlet}] is not connected to stage [{this}].", nameof(outlet));
    }
}
