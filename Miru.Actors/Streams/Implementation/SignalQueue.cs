using System.Numerics;
using static Akka.Streams.Implementation.ConnectionState;

namespace Akka.Streams.Implementation;

/// <summary>
/// The connections that carry a signal, in the order of the signals; each is in it at most once. Most of the time one signal is on its way,
/// and the ring behind the first place stays cold. A mutable struct: it lives in one field of the interpreter.
/// </summary>
internal struct SignalQueue
{
    private Connection _first;
    private Slot[] _ring;
    private int _head;
    private int _tail;
    private int _capacity;

    public static SignalQueue Create() => new() { _ring = new Slot[4] };

    public readonly bool IsEmpty => _first is null;

    /// <summary>Makes room for one more connection.</summary>
    public void Reserve()
    {
        if (++_capacity >= _ring.Length)
        {
            Grow();
        }
    }

    /// <summary>A connection has closed.</summary>
    public void Release() => _capacity--;

    public void Enqueue(Connection connection) => Enqueue(connection, connection.State);

    /// <summary>Gives the connection a state that carries a signal.</summary>
    public void Enqueue(Connection connection, ConnectionState state)
    {
        connection.State = state | Queued;
        if ((state & Queued) != 0)
        {
            return;
        }

        if (_first is null)
        {
            _first = connection;
        }
        else
        {
            _ring[_tail].Connection = connection;
            _tail = (_tail + 1) & (_ring.Length - 1);
        }
    }

    /// <summary>Takes the first connection, which still says that it is queued; null if there is none.</summary>
    public Connection Dequeue()
    {
        var connection = _first;
        _first = _head == _tail ? null : DequeueFromRing();
        return connection;
    }

    public void Clear() => (_first, _head) = (null, _tail);

    private Connection DequeueFromRing()
    {
        var connection = _ring[_head].Connection;
        _head = (_head + 1) & (_ring.Length - 1);
        return connection;
    }

    /// <summary>More slots than connections, so that a full ring is not taken for an empty one.</summary>
    private void Grow()
    {
        var ring = new Slot[BitOperations.RoundUpToPowerOf2((uint)_capacity + 1)];
        var count = 0;
        for (; _head != _tail; _head = (_head + 1) & (_ring.Length - 1))
        {
            ring[count++] = _ring[_head];
        }

        (_ring, _head, _tail) = (ring, 0, count);
    }

    /// <summary>A struct around the reference spares the array its covariance check.</summary>
    private struct Slot
    {
        public Connection Connection;
    }
}
