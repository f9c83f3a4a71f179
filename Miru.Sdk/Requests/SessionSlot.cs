using Miru.Sdk.Connection;

namespace Miru.Sdk.Requests;

/// <summary>The session of the moment, or a place to wait for the next one.</summary>
internal sealed class SessionSlot
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<Session> _session = NewSlot();
    private volatile Session? _current;

    public Task<Session> Session
    {
        get
        {
            lock (_gate)
            {
                return _session.Task;
            }
        }
    }

    /// <summary>The session of the moment, or null.</summary>
    public Session? Current => _current;

    public bool IsEmpty => !Session.IsCompleted;

    public void Put(Session session)
    {
        lock (_gate)
        {
            _current = session;
            _session.TrySetResult(session);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _current = null;
            if (_session.Task.IsCompleted)
            {
                _session = NewSlot();
            }
        }
    }

    private static TaskCompletionSource<Session> NewSlot() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
