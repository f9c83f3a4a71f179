using System.Numerics;
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

    private readonly List<GraphStageLogic> _starting = [];
    private readonly HashSet<GraphStageLogic> _running = [];
    private QueuedConnection[] _ring = new QueuedConnection[4];
    private int _head;
    private int _tail;

    /// <summary>The first in line; the ring holds those behind it. Most of the time one signal is on its way, and the ring stays cold.</summary>
    private Connection _next;
    private int _connections;

    public GraphInterpreter(IStreamHost host) => Host = host;

    /// <summary>The interpreter whose stage is running on this thread.</summary>
    public static GraphInterpreter Current => _current ?? throw new InvalidOperationException("No stage is running on this thread.");

    public IStreamHost Host { get; }

    /// <summary>The stage whose handler is running.</summary>
    public GraphStageLogic ActiveStage { get; private set; }

    /// <summary>Every stage has stopped.</summary>
    public bool IsCompleted => _running.Count == 0 && _starting.Count == 0;

    public bool HasWork => _next is not null || _starting.Count > 0;

    /// <summary>Takes the stages of a (sub)graph; they start before the next signal is handled.</summary>
    public void Add(GraphAssembly assembly)
    {
        _starting.AddRange(assembly.Logics);
    }

    /// <summary>Makes room in the ring for one more connection.</summary>
    public void ReserveConnection()
    {
        _connections++;
        if (_connections >= _ring.Length)
        {
            GrowRing();
        }
    }

    /// <summary>Handles signals until none is left or <paramref name="limit"/> are handled; returns what is left of the limit.</summary>
    public int Run(int limit)
    {
        var outer = _current;
        _current = this;
        try
        {
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
        finally
        {
            _current = outer;
            ActiveStage = null;
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

        var outer = _current;
        _current = this;
        ActiveStage = input.Logic;
        try
        {
            input.Run();
            AfterHandler(input.Logic);
        }
        catch (Exception cause)
        {
            FailActiveStage(cause);
        }
        finally
        {
            _current = outer;
            ActiveStage = null;
        }
    }

    /// <summary>Stops all stages without a signal on any port: their <see cref="GraphStageLogic.PostStop"/> is what they get.</summary>
    public void Abort()
    {
        var outer = _current;
        _current = this;
        try
        {
            foreach (var logic in _running.Concat(_starting).ToList())
            {
                Stop(logic);
            }

            _starting.Clear();
            (_next, _head) = (null, _tail);
        }
        finally
        {
            _current = outer;
            ActiveStage = null;
        }
    }

    /// <summary>Demands an element. Without effect if the producer's end is on its way.</summary>
    public void Pull(Connection connection)
    {
        if ((connection.State & AnyClosed) == 0)
        {
            connection.State = (connection.State & ~Arrived) | Pulled | PullDue;
            Enqueue(connection);
        }
    }

    /// <summary>Sends the element that is in the slot. Without effect if a cancellation is on its way.</summary>
    public void Push(Connection connection)
    {
        connection.State = (connection.State & ~MayPush) | PushDue;
        Enqueue(connection);
    }

    /// <summary>Ends the connection from its producer's side; a pushed element still arrives first.</summary>
    public void Complete(Connection connection, Exception cause)
    {
        if ((connection.State & ProducerClosed) != 0)
        {
            return;
        }

        connection.State = (connection.State | ProducerClosed) & ~(MayPush | PullDue);
        connection.Cause = cause;
        CloseProducerPort(connection);
        if ((connection.State & ConsumerClosed) == 0)
        {
            Enqueue(connection);
        }
    }

    /// <summary>Ends the connection from its consumer's side; an element on its way is lost.</summary>
    public void Cancel(Connection connection, Exception cause)
    {
        if ((connection.State & ConsumerClosed) != 0)
        {
            return;
        }

        connection.State = (connection.State | ConsumerClosed) & ~(Pulled | PushDue | Arrived);
        connection.ClearSlot();
        CloseConsumerPort(connection);
        if ((connection.State & ProducerClosed) == 0)
        {
            connection.Cause = cause;
            Enqueue(connection);
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
        while (limit > 0 && _next is { } connection && _starting.Count == 0)
        {
            limit--;
            _next = _head == _tail ? null : Dequeue();
            connection.State &= ~Queued;
            HandleSignal(connection);
            AfterHandler(ActiveStage);
        }

        return limit;
    }

    private void HandleSignal(Connection connection)
    {
        var state = connection.State;
        if ((state & (AnyClosed | PushDue)) == PushDue)
        {
            Deliver(connection);
        }
        else if ((state & (AnyClosed | PullDue)) == PullDue)
        {
            connection.State = (state & ~PullDue) | MayPush;
            ActiveStage = connection.Producer;
            connection.OnPull();
        }
        else
        {
            HandleEnd(connection);
        }
    }

    private void Deliver(Connection connection)
    {
        connection.State = (connection.State & ~(PushDue | Pulled)) | Arrived;
        ActiveStage = connection.Consumer;
        connection.OnPush();
    }

    private void HandleEnd(Connection connection)
    {
        switch (connection.State & (AnyClosed | PushDue))
        {
            case ProducerClosed | PushDue:
                // The last element first, then the end, unless the consumer wants no more.
                Deliver(connection);
                if ((connection.State & ConsumerClosed) == 0)
                {
                    Enqueue(connection);
                }
                else
                {
                    _connections--;
                }

                break;

            case ProducerClosed:
                _connections--;
                connection.State = (connection.State | ConsumerClosed) & ~Pulled;
                CloseConsumerPort(connection);
                ActiveStage = connection.Consumer;
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
                _connections--;
                connection.State = (connection.State | ProducerClosed) & ~(MayPush | PullDue);
                CloseProducerPort(connection);
                ActiveStage = connection.Producer;
                connection.OutHandler.OnDownstreamFinish(connection.Cause);
                break;

            default:
                // Both ends closed while the signal waited: nobody is left to hear it.
                _connections--;
                ActiveStage = connection.Consumer;
                break;
        }
    }

    private void StartStages()
    {
        while (_starting.Count > 0)
        {
            var logic = _starting[0];
            _starting.RemoveAt(0);
            _running.Add(logic);
            ActiveStage = logic;
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
        _running.Remove(logic);
        ActiveStage = logic;
        try
        {
            logic.Stop();
        }
        catch (Exception cause)
        {
            Host.ReportStageFailure(logic, cause);
        }
    }

    private static void CloseProducerPort(Connection connection)
    {
        if (!connection.ProducerIsSub)
        {
            connection.Producer.OpenPorts--;
        }
    }

    private static void CloseConsumerPort(Connection connection)
    {
        if (!connection.ConsumerIsSub)
        {
            connection.Consumer.OpenPorts--;
        }
    }

    private void Enqueue(Connection connection)
    {
        if ((connection.State & Queued) != 0)
        {
            return;
        }

        connection.State |= Queued;
        if (_next is null)
        {
            _next = connection;
        }
        else
        {
            _ring[_tail].Connection = connection;
            _tail = (_tail + 1) & (_ring.Length - 1);
        }
    }

    private Connection Dequeue()
    {
        var connection = _ring[_head].Connection;
        _head = (_head + 1) & (_ring.Length - 1);
        return connection;
    }

    /// <summary>One more slot than connections, so that a full ring is not taken for an empty one.</summary>
    private void GrowRing()
    {
        var ring = new QueuedConnection[BitOperations.RoundUpToPowerOf2((uint)_connections + 1)];
        var count = 0;
        for (; _head != _tail; _head = (_head + 1) & (_ring.Length - 1))
        {
            ring[count++] = _ring[_head];
        }

        (_ring, _head, _tail) = (ring, 0, count);
    }

    /// <summary>A struct around the reference spares the array its covariance check.</summary>
    private struct QueuedConnection
    {
        public Connection Connection;
    }
}
