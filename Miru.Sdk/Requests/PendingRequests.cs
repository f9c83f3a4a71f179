using Miru.Protocol;

namespace Miru.Sdk.Requests;

/// <summary>
/// Who waits for which answer (clause frame-6). Bounded by the requests in flight. Answers that nobody waits for any more
/// are late, not wrong.
/// </summary>
internal sealed class PendingRequests(uint lastTaken = 0)
{
    /// <summary>Correlations from here on belong to the session itself.</summary>
    public const uint Reserved = uint.MaxValue - 15;

    private readonly Dictionary<uint, TaskCompletionSource<Message>> _waiting = [];
    private uint _last = lastTaken;
    private Exception? _ended;

    /// <summary>Takes a correlation no other request in flight has; 0 is never taken.</summary>
    /// <exception cref="SessionLostException">The session has ended.</exception>
    public (uint Correlation, Task<Message> Answer) Add()
    {
        lock (_waiting)
        {
            if (_ended is not null)
            {
                throw new SessionLostException(_ended);
            }

            do
            {
                _last = _last + 1 < Reserved ? _last + 1 : 1;
            }
            while (_waiting.ContainsKey(_last));

            // The caller's continuation must not run on the thread that reads the socket.
            var answer = new TaskCompletionSource<Message>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(_last, answer);
            return (_last, answer.Task);
        }
    }

    public void Forget(uint correlation)
    {
        lock (_waiting)
        {
            _waiting.Remove(correlation);
        }
    }

    public void Answer(uint correlation, Message message)
    {
        lock (_waiting)
        {
            if (_waiting.Remove(correlation, out var answer))
            {
                answer.TrySetResult(message);
            }
        }
    }

    public void End(Exception cause)
    {
        lock (_waiting)
        {
            _ended = cause;
            foreach (var answer in _waiting.Values)
            {
                answer.TrySetException(new SessionLostException(cause));
            }

            _waiting.Clear();
        }
    }
}
