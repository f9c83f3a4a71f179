using Akka.Streams.Stage;
using static Akka.Streams.Implementation.ConnectionState;

namespace Akka.Streams.Implementation;

/// <summary>
/// Runs the stages of one materialized stream on one thread at a time. Signals (pull, push, complete, fail, cancel) are bits of the
/// connection they travel on; a connection that carries one waits in a ring that holds each connection at most once, so the ring never
/// grows while elements flow, signals never recurse, and an element costs no allocation.
/// </summary>
internal sealed class GraphInterpreter
{
    [ThreadStatic]
    private static GraphInterpreter _current;

    private readonly StageSet _stages = new();
    private SignalQueue _signals = SignalQueue.Create();
    private GraphStageLogic _activeStage;

    public GraphInterpreter(IStreamHost host) => Host = host;

    /// <summary>The interpreter whose stage is running on this thread.</summary>
    public static GraphInterpreter Current => _current ?? throw new InvalidOperationException("No stage is running on this thread.");

    public IStreamHost Host { get; }

    /// <summary>The stage whose handler is running.</summary>
    public GraphStageLogic ActiveStage => _activeStage;

    /// <summary>Every stage has stopped.</summary>
    public bool IsCompleted => _stages.IsEmpty;

    public bool HasWork => !_signals.IsEmpty || _stages.AnyNew;

    /// <summary>Makes room for the signals of one more connection.</summary>
    public void ReserveConnection() => _signals.Reserve();

    /// <summary>Takes the stages of a (sub)graph; they start before the next signal is handled.</summary>
    public void Add(GraphAssembly assembly) => _stages.Add(assembly.Logics);

    /// <summary>Handles signals until none is left or <paramref name="limit"/> are handled; returns what is left of the limit.</summary>
    public int Run(int limit)
    {
        using var turn = new Turn(this);
        while (true)
        {
            try
            {
                StartStages();
                limit = HandleSignals(limit);
                if (limit == 0 || !HasWork)
                {
                    return limit;
                }
            }
            catch (Exception cause)
            {
                FailActiveStage(cause);
            }
        }
    }

    /// <summary>Runs one handler of a stage on behalf of the outside (an asynchronous callback, a timer). Signals it emits wait for <see cref="Run"/>.</summary>
    public void RunInput(AsyncInput input)
    {
        if (input.Logic.HasStopped)
        {
            input.Discard();
            return;
        }

        using var turn = new Turn(this);
        _activeStage = input.Logic;
        try
        {
            input.Run();
            AfterHandler(input.Logic);
        }
        catch (Exception cause)
        {
            FailActiveStage(cause);
        }
    }

    /// <summary>Stops all stages without a signal on any port: their <see cref="GraphStageLogic.PostStop"/> is what they get.</summary>
    public void Abort()
    {
        using var turn = new Turn(this);
        foreach (var logic in _stages.TakeAll())
        {
            Stop(logic);
        }

        _signals.Clear();
    }

    /// <summary>Demands an element. Without effect if the producer's end is on its way.</summary>
    public void Pull(Connection connection)
    {
        if ((connection.State & AnyClosed) == 0)
        {
            _signals.Enqueue(connection, (connection.State & ~Arrived) | Pulled | PullDue);
        }
    }

    /// <summary>Sends the element that is in the slot. Without effect if a cancellation is on its way.</summary>
    public void Push(Connection connection) => _signals.Enqueue(connection, (connection.State & ~MayPush) | PushDue);

    /// <summary>Ends the connection from its producer's side, with a failure if there is a cause; a pushed element still arrives first.</summary>
    public void Complete(Connection connection, Exception cause)
    {
        if (connection.CloseByProducer(cause))
        {
            _signals.Enqueue(connection);
        }
    }

    /// <summary>Ends the connection from its consumer's side; an element on its way is lost.</summary>
    public void Cancel(Connection connection, Exception cause)
    {
        if (connection.CloseByConsumer(cause))
        {
            _signals.Enqueue(connection);
        }
    }

    /// <summary>Stops the stage if nothing keeps it: called after each of its handlers.</summary>
    public void AfterHandler(GraphStageLogic logic)
    {
        if (logic.OpenPorts == 0 && !logic.HasStopped && !logic.KeepGoing)
        {
            Stop(logic);
        }
    }

    private int HandleSignals(int limit)
    {
        while (limit > 0 && !_stages.AnyNew && _signals.Dequeue() is { } connection)
        {
            limit--;
            var state = connection.State & ~Queued;
            if ((state & (AnyClosed | PushDue)) == PushDue)
            {
                Deliver(connection, state);
            }
            else if ((state & (AnyClosed | PullDue)) == PullDue)
            {
                connection.State = (state & ~PullDue) | MayPush;
                _activeStage = connection.Producer;
                connection.OnPull();
            }
            else
            {
                HandleEnd(connection, state);
            }

            AfterHandler(_activeStage);
        }

        return limit;
    }

    private void Deliver(Connection connection, ConnectionState state)
    {
        connection.State = (state & ~(PushDue | Pulled)) | Arrived;
        _activeStage = connection.Consumer;
        connection.OnPush();
    }

    private void HandleEnd(Connection connection, ConnectionState state)
    {
        connection.State = state;
        switch (state & (AnyClosed | PushDue))
        {
            case ProducerClosed | PushDue:
                // The last element first, then the end, unless the consumer wants no more.
                Deliver(connection, state);
                if ((connection.State & ConsumerClosed) == 0)
                {
                    _signals.Enqueue(connection);
                }
                else
                {
                    _signals.Release();
                }

                break;

            case ProducerClosed:
                _signals.Release();
                connection.CloseConsumer();
                _activeStage = connection.Consumer;
                if (connection.Cause is { } failure)
                {
                    connection.InHandler.OnUpstreamFailure(failure);
                }
                else
                {
                    connection.InHandler.OnUpstreamFinish();
                }

                break;

            case ConsumerClosed:
                _signals.Release();
                connection.CloseProducer();
                _activeStage = connection.Producer;
                connection.OutHandler.OnDownstreamFinish(connection.Cause);
                break;

            default:
                // Both ends closed while the signal waited: nobody is left to hear it.
                _signals.Release();
                _activeStage = connection.Consumer;
                break;
        }
    }

    private void StartStages()
    {
        while (_stages.TryTakeNew(out var logic))
        {
            _activeStage = logic;
            logic.Start();
            AfterHandler(logic);
        }
    }

    private void FailActiveStage(Exception cause)
    {
        var logic = ActiveStage;
        Host.ReportStageFailure(logic, cause);
        logic.FailStage(cause);
        AfterHandler(logic);
    }

    private void Stop(GraphStageLogic logic)
    {
        _stages.Remove(logic);
        _activeStage = logic;
        try
        {
            logic.Stop();
        }
        catch (Exception cause)
        {
            Host.ReportStageFailure(logic, cause);
        }
    }

    /// <summary>While it lasts, this interpreter is the one that runs on this thread.</summary>
    private readonly ref struct Turn
    {
        private readonly GraphInterpreter _interpreter;
        private readonly GraphInterpreter _outer;

        public Turn(GraphInterpreter interpreter)
        {
            _interpreter = interpreter;
            _outer = _current;
            _current = interpreter;
        }

        public void Dispose()
        {
            _current = _outer;
            _interpreter._activeStage = null;
        }
    }
}
