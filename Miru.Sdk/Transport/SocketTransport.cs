using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Miru.Sdk.Transport;

/// <summary>
/// Frames over a Unix socket on Linux, without the thread pool. Whoever waits for an answer reads the socket itself
/// (<see cref="Ask"/>); otherwise one background thread does. See <see cref="ReadTurn"/>.
/// </summary>
internal sealed class SocketTransport : ITransport
{
    /// <summary>
    /// How soon after a request the next one makes a burst, and how long after a burst the background thread reads again:
    /// the longest a push can wait that comes just after one.
    /// </summary>
    public static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(5);

    /// <summary>How often a blocked thread looks whether it should still wait: how late a cancellation may be noticed.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;
    private readonly Readiness _readiness;
    private readonly Outbox _outbox;
    private readonly ReadTurn _turn;
    private readonly ReceiveBuffer _buffer = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReceiver? _receiver;
    private Action? _sessionTimerOver;
    private long _lastAsked;
    private volatile bool _closed;

    public SocketTransport(Socket socket)
    {
        _socket = socket;
        _handle = socket.SafeHandle;

        // .NET has made it non-blocking to connect. A leader blocks in recv(2): one system call and no poll.
        _ = Linux.Control(_handle, Linux.SetFlags, Linux.Control(_handle, Linux.GetFlags, 0) & ~Linux.NonBlocking);
        socket.ReceiveTimeout = (int)Slice.TotalMilliseconds;
        _outbox = new Outbox(_handle);
        _readiness = new Readiness(_handle);
        _turn = new ReadTurn(
            forBytes => _readiness.Watch(forBytes, _outbox.HasWaiting),
            () => _readiness.WakeTurnIn(Burst));
    }

    public Task RunAsync(IReceiver receiver, CancellationToken cancellation)
    {
        _receiver = receiver;
        new Thread(Run) { IsBackground = true, Name = "miru-sdk" }.Start();
        return _ended.Task;
    }

    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        var accepted = _outbox.TrySend(frame);
        if (_outbox.HasWaiting)
        {
            _turn.Renew();
        }

        return accepted;
    }

    public ValueTask SendAsync(byte[] frame, CancellationToken cancellation)
    {
        if (!TrySend(frame))
        {
            throw new IOException("the agent has stopped reading");
        }

        _turn.Attend();
        return ValueTask.CompletedTask;
    }

    public bool SentSinceAsked() => _outbox.SentSinceAsked();

    public ITimer CreateTimer(TimeProvider time, Action over)
    {
        if (time != TimeProvider.System)
        {
            return ITransport.TimerOf(time, over);
        }

        _sessionTimerOver = over;
        return new SessionTimer(_readiness);
    }

    /// <summary>
    /// Sends a request and blocks until it is answered; this thread reads the socket meanwhile, for everybody, unless
    /// another does.
    /// </summary>
    /// <param name="request">One frame.</param>
    /// <param name="answer">Done by the frame handler when the answer has come.</param>
    /// <param name="patience">When to give up.</param>
    /// <returns>False if patience was over first.</returns>
    /// <exception cref="Exception">The connection has ended.</exception>
    public bool Ask(ReadOnlySpan<byte> request, Awaited answer, in Patience patience)
    {
        var isBurst = patience.Since(_lastAsked) < Burst;
        _lastAsked = patience.Start;

        // The turn before the request: an answer that is quick must not wake the background thread.
        var leads = _turn.TryTake();
        try
        {
            if (!TrySend(request))
            {
                throw new IOException("the agent has stopped reading");
            }

            leads = leads || Follow(answer, patience);
            return leads ? Lead(answer, patience) : answer.IsDone;
        }
        finally
        {
            if (leads)
            {
                Leave(lingers: isBurst);
            }
        }
    }

    public void Close()
    {
        _closed = true;
        _turn.Close();
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The agent was quicker, or the background thread: nobody reads any more.
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _readiness.Dispose();
    }

    private bool Lead(Awaited answer, in Patience patience)
    {
        while (!answer.IsDone)
        {
            if (!Receive(flags: 0) && patience.IsOver)
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>True if the turn was taken or given, whether or not it is still of use.</returns>
    private bool Follow(Awaited answer, in Patience patience)
    {
        if (_turn.TakeOrPark(answer))
        {
            return true;
        }

        try
        {
            while (!answer.IsDone && !answer.IsPromoted && !patience.IsOver)
            {
                answer.Park(Slice);
            }
        }
        catch (ThreadInterruptedException)
        {
            if (!_turn.TryUnpark(answer))
            {
                Leave(lingers: false);
            }

            throw;
        }

        return !_turn.TryUnpark(answer);
    }

    private void Leave(bool lingers) => _turn.Leave(lingers, _receiver!);

    private void Run()
    {
        Exception? cause = null;
        try
        {
            _turn.Attend();
            while (!_closed)
            {
                var woken = _readiness.Wait();
                if (woken.HasFlag(Woken.Turn))
                {
                    _turn.Elapsed();
                }

                if (woken.HasFlag(Woken.Socket))
                {
                    Serve();
                }

                // After what came: an application that was stopped itself first hears what was said meanwhile.
                if (woken.HasFlag(Woken.Session))
                {
                    _sessionTimerOver!();
                }
            }
        }
        catch (Exception failure)
        {
            cause = failure;
        }

        // A leader may still be handing on what it received: the next connection must not begin before it has ended.
        Close();
        _turn.AwaitLast();
        if (cause is null)
        {
            _ended.SetResult();
        }
        else
        {
            _ended.SetException(cause);
        }
    }

    private void Serve()
    {
        _outbox.Flush();
        if (!_turn.TryTakeWoken())
        {
            _turn.Renew();
            return;
        }

        try
        {
            while (Receive(Linux.DontWait))
            {
            }
        }
        finally
        {
            Leave(lingers: false);
        }
    }

    /// <summary>Receives once, and hands on every frame that is whole.</summary>
    /// <returns>False if nothing came.</returns>
    private unsafe bool Receive(int flags)
    {
        var room = _buffer.Room();
        nint count;
        fixed (byte* start = room.Span)
        {
            count = Linux.Receive(_handle, start, (nuint)room.Length, flags);
        }

        if (count < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is Linux.Again or Linux.Interrupted
                ? false
                : throw Linux.Failure("the agent's connection failed", error);
        }

        _buffer.Received(count > 0 ? (int)count : throw new EndOfStreamException("the agent closed the connection"));
        while (_buffer.TryTake(out var frame))
        {
            _receiver!.Received(frame);
        }

        return true;
    }
}
