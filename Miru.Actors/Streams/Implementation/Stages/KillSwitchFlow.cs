using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>
/// How a kill switch ends the streams that it is part of: at most once, the first way wins, and streams that start later end at once.
/// </summary>
internal sealed class KillSignal
{
    private readonly object _gate = new();
    private readonly HashSet<Action<Exception>> _listeners = [];
    private bool _given;
    private Exception _cause;

    /// <summary>Ends all streams, present and future; no cause means completion.</summary>
    public void Give(Exception cause)
    {
        Action<Exception>[] listeners;
        lock (_gate)
        {
            if (_given)
            {
                return;
            }

            (_given, _cause) = (true, cause);
            listeners = [.. _listeners];
            _listeners.Clear();
        }

        foreach (var listener in listeners)
        {
            listener(cause);
        }
    }

    public void Subscribe(Action<Exception> listener)
    {
        lock (_gate)
        {
            if (!_given)
            {
                _listeners.Add(listener);
                return;
            }
        }

        listener(_cause);
    }

    public void Unsubscribe(Action<Exception> listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
        }
    }
}

/// <summary>Passes elements through until the signal is given.</summary>
internal sealed class KillSwitchLogic<T>(FlowShape<T, T> shape, KillSignal signal) : FlowLogic<T, T>(shape)
{
    private Action<Exception> _listener;

    public override void PreStart()
    {
        _listener = GetAsyncCallback<Exception>(End);
        signal.Subscribe(_listener);
    }

    public override void PostStop() => signal.Unsubscribe(_listener);

    public override void OnPush() => Push(Grab());

    private void End(Exception cause)
    {
        if (cause is null)
        {
            CompleteStage();
        }
        else
        {
            FailStage(cause);
        }
    }
}

/// <summary>A kill switch with its value made anew, or shared, per materialization.</summary>
internal sealed class KillSwitchFlow<T, TSwitch>(Func<KillSignal, TSwitch> makeSwitch, KillSignal shared = null)
    : GraphStageWithMaterializedValue<FlowShape<T, T>, TSwitch>
{
    public override FlowShape<T, T> Shape { get; } = new(new Inlet<T>("KillSwitch.in"), new Outlet<T>("KillSwitch.out"));

    public override ILogicAndMaterializedValue<TSwitch> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var signal = shared ?? new KillSignal();
        return new LogicAndMaterializedValue<TSwitch>(new KillSwitchLogic<T>(Shape, signal), makeSwitch(signal));
    }
}

/// <summary>Ends a stream when a token is cancelled: with completion, or with <see cref="OperationCanceledException"/>.</summary>
internal sealed class CancellationFlow<T>(CancellationToken token, bool gracefully) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, token, gracefully);

    private sealed class Logic(FlowShape<T, T> shape, CancellationToken token, bool gracefully) : FlowLogic<T, T>(shape)
    {
        private CancellationTokenRegistration _registration;

        public override void PreStart()
        {
            if (token.IsCancellationRequested)
            {
                End();
            }
            else
            {
                _registration = token.Register(static callback => ((Action)callback)(), GetAsyncCallback(End));
            }
        }

        // Not disposed, which would wait for a callback that runs right now.
        public override void PostStop() => _registration.Unregister();

        public override void OnPush() => Push(Grab());

        private void End()
        {
            if (gracefully)
            {
                CompleteStage();
            }
            else
            {
                FailStage(new OperationCanceledException("Stage cancelled due to cancellation token request.", token));
            }
        }
    }
}
