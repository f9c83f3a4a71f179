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

    private readonly Lock _gate = new();
    private readonly Dictionary<uint, IPendingAnswer> _waiting = [];
    private uint _last = lastTaken;
    private volatile int _promises;
    private Exception? _ended;

    /// <summary>True while somebody waits without reading.</summary>
    public bool HasPromises => _promises > 0;

    /// <summary>Takes a correlation no other request in flight has; 0 is never taken.</summary>
    /// <exception cref="SessionLostException">The session has ended.</exception>
    public uint Add(IPendingAnswer answer)
    {
        lock (_gate)
        {
            if (_ended is not null)
            {
                throw new SessionLostException(_ended);
            }

            do
            {
                _last = _last + 1 < Reserved ? _last + 1 : 1;
            }
            while (!_waiting.TryAdd(_last, answer));

            _promises += answer.IsPromise ? 1 : 0;
            return _last;
        }
    }

    public void Forget(uint correlation)
    {
        lock (_gate)
        {
            Take(correlation);
        }
    }

    /// <summary>Gives an answer to who waits for it, if it is the same as the last one.</summary>
    /// <returns>False if it has to be decoded.</returns>
    public bool TryRecall(in Frame frame, string epoch)
    {
        lock (_gate)
        {
            var recalled = _waiting.TryGetValue(frame.Correlation, out var answer) && answer.Recalls(frame, epoch);
            if (recalled)
            {
                Take(frame.Correlation);
            }

            return recalled;
        }
    }

    public void Answer(uint correlation, Message message, ReadOnlySpan<byte> header = default, string epoch = "")
    {
        lock (_gate)
        {
            Take(correlation)?.Answer(message, header, epoch);
        }
    }

    public void End(Exception cause)
    {
        lock (_gate)
        {
            _ended = cause;
            foreach (var answer in _waiting.Values)
            {
                answer.Lose(new SessionLostException(cause));
            }

            _waiting.Clear();
            _promises = 0;
        }
    }

    private IPendingAnswer? Take(uint correlation)
    {
        if (_waiting.Remove(correlation, out var answer))
        {
            _promises -= answer.IsPromise ? 1 : 0;
        }

        return answer;
    }
}
