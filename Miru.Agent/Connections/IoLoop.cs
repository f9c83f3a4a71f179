using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Akka.Dispatch;

namespace Miru.Agent.Connections;

/// <summary>
/// One thread that waits for the readiness of sockets and runs the tasks that follow from it, so that the thread that reads is the thread
/// that answers. Idle, it sleeps in the kernel: no tick, no spinning.
/// <para>
/// Tasks run in the order they were queued, none inside another. After a bounded number of them the loop looks at the sockets again, and
/// who became ready queues behind those who wait: nobody's work delays somebody else's by more than one turn of each.
/// </para>
/// <para>Another thread may only queue tasks and stop the loop; everything else belongs to the loop's own thread.</para>
/// </summary>
internal sealed class IoLoop : IDisposable
{
    // What a look at the sockets costs, spread over this many tasks, is not seen.
    private const int TasksPerTurn = 16;
    private const int EventsPerTurn = 64;
    private const int TurnsPerCall = 64;

    /// <summary>The bell's; no registration has it, their places are far fewer.</summary>
    private const ulong BellToken = ulong.MaxValue;

    private readonly Queue<IRunnable> _tasks = new(EventsPerTurn);
    private readonly ConcurrentQueue<IRunnable> _arrived = new();
    private readonly RegistrationTable<IReadinessTarget> _registrations = new();
    private readonly Action<Exception> _onFailure;
    private readonly int _poll;
    private readonly int _bell;
    private readonly Lock _bellGate = new();
    private readonly Thread _thread;
    private readonly int _threadId;
    private int _arrivals;
    private int _asleep;
    private bool _stopping;
    private bool _ended;

    /// <param name="onFailure">Told what a task threw; the loop goes on.</param>
    /// <exception cref="IOException">No descriptor is free.</exception>
    public IoLoop(Action<Exception> onFailure)
    {
        _onFailure = onFailure;
        _poll = NativeIo.CreatePoll();
        _bell = NativeIo.CreateBell();
        NativeIo.Control(_poll, NativeIo.Add, _bell, NativeIo.Readable | NativeIo.EdgeTriggered, BellToken);
        _thread = new Thread(Run) { IsBackground = true, Name = "miru-io" };
        _threadId = _thread.ManagedThreadId;
        _thread.Start();
    }

    /// <summary>Whether the caller is on the loop's thread.</summary>
    public bool IsCurrent => Environment.CurrentManagedThreadId == _threadId;

    /// <summary>Waits that found nothing to do at once, since the start. For tests, from any thread.</summary>
    public long Sleeps { get; private set; }

    /// <summary>How many descriptors are watched.</summary>
    public int Watched => _registrations.Count;

    /// <summary>Has a task run in its turn; never inside the call. From any thread; after the end of the loop, the task is dropped.</summary>
    public void Enqueue(IRunnable task)
    {
        if (IsCurrent)
        {
            _tasks.Enqueue(task);
            return;
        }

        _arrived.Enqueue(task);
        Interlocked.Increment(ref _arrivals);
        Wake();
    }

    /// <summary>
    /// Watches a descriptor for edges: <paramref name="target"/> hears of a change once, and whoever leaves bytes behind must remember
    /// that. On the loop's thread.
    /// </summary>
    /// <returns>The token to change or end it with.</returns>
    /// <exception cref="IOException">The kernel refused.</exception>
    public ulong Watch(int descriptor, uint interest, IReadinessTarget target)
    {
        RequireCurrent();
        var token = _registrations.Add(target);
        try
        {
            NativeIo.Control(_poll, NativeIo.Add, descriptor, interest | NativeIo.EdgeTriggered, token);
            return token;
        }
        catch
        {
            _registrations.Remove(token);
            throw;
        }
    }

    /// <summary>Changes what is watched for. What is ready already is reported once more. On the loop's thread.</summary>
    public void Rewatch(int descriptor, uint interest, ulong token)
    {
        RequireCurrent();
        NativeIo.Control(_poll, NativeIo.Modify, descriptor, interest | NativeIo.EdgeTriggered, token);
    }

    /// <summary>Ends a watch; nothing of it is reported from here on. Before the descriptor is closed, on the loop's thread.</summary>
    public void Unwatch(int descriptor, ulong token)
    {
        RequireCurrent();
        _registrations.Remove(token);
        NativeIo.Control(_poll, NativeIo.Remove, descriptor, 0, token);
    }

    /// <summary>Lets the thread run what is queued, and end. From any thread; it does not wait for the end.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _stopping, true);
        Interlocked.MemoryBarrier();
        Ring();
    }

    /// <summary>Waits until the thread has ended, at most so long. For tests.</summary>
    public bool Join(TimeSpan timeout) => _thread.Join(timeout);

    private void Run()
    {
        using var events = new PollEvents(EventsPerTurn);
        while (!IsOver())
        {
            Turns(events);
        }

        lock (_bellGate)
        {
            _ended = true;
            _ = NativeIo.Close(_bell);
            _ = NativeIo.Close(_poll);
        }
    }

    // A method that never returns is compiled once, while it runs and before anything is known of what it calls. And one that makes a native
    // call prepares for it as it begins, which costs more than the call's bookkeeping itself: so it returns, but seldom.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Turns(PollEvents events)
    {
        for (var left = TurnsPerCall; left > 0 && !IsOver(); left--)
        {
            RunTasks();
            Poll(events);
        }
    }

    private bool IsOver() => Volatile.Read(ref _stopping) && _tasks.Count == 0 && Volatile.Read(ref _arrivals) == 0;

    private void RunTasks()
    {
        for (var left = TasksPerTurn; left > 0; left--)
        {
            if (!_tasks.TryDequeue(out var task))
            {
                return;
            }

            try
            {
                task.Run();
            }
            catch (Exception failure)
            {
                _onFailure(failure);
            }
        }
    }

    private void Poll(PollEvents events)
    {
        var count = NativeIo.Wait(_poll, events, forever: MaySleep());
        Volatile.Write(ref _asleep, 0);
        for (var at = 0; at < count; at++)
        {
            var token = events.Token(at);
            if (token == BellToken)
            {
                NativeIo.Silence(_bell);
            }
            else
            {
                Report(token, events.Ready(at));
            }
        }

        // Counted beside the queue, because mostly there is none and asking the queue costs more.
        while (Volatile.Read(ref _arrivals) > 0 && _arrived.TryDequeue(out var task))
        {
            Interlocked.Decrement(ref _arrivals);
            _tasks.Enqueue(task);
        }
    }

    private void Report(ulong token, uint ready)
    {
        try
        {
            _registrations.Find(token)?.OnReady(ready);
        }
        catch (Exception failure)
        {
            _onFailure(failure);
        }
    }

    // The flag goes up before the last look at what others queued, and they look at the flag after they queued: one of both sees the other.
    private bool MaySleep()
    {
        if (_tasks.Count > 0)
        {
            return false;
        }

        Interlocked.Exchange(ref _asleep, 1);
        if (Volatile.Read(ref _arrivals) > 0 || Volatile.Read(ref _stopping))
        {
            return false;
        }

        Sleeps++;
        return true;
    }

    private void Wake()
    {
        if (Volatile.Read(ref _asleep) == 1 && Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            Ring();
        }
    }

    private void Ring()
    {
        lock (_bellGate)
        {
            // The number may be somebody else's descriptor by now.
            if (!_ended)
            {
                NativeIo.Ring(_bell);
            }
        }
    }

    private void RequireCurrent()
    {
        if (!IsCurrent)
        {
            throw new InvalidOperationException("sockets are watched from the loop's own thread");
        }
    }
}
