namespace Miru.Agent.Connections;

/// <summary>
/// Requests that one errand answers together. While it is out, later ones wait for the next: an answer must describe the world after its
/// question. So however many requests come, a connection has one errand of a kind at a time.
/// </summary>
internal sealed class JoinedRequests
{
    private List<uint> _served = [];
    private List<uint> _waiting = [];

    /// <summary>Requests without an answer.</summary>
    public int Count => _served.Count + _waiting.Count;

    /// <summary>The ticket of the errand that is out.</summary>
    public int Ticket { get; private set; }

    /// <summary>Takes a request.</summary>
    /// <returns>Whether an errand has to be sent for it now, with <see cref="Ticket"/>.</returns>
    public bool Add(uint correlation)
    {
        _waiting.Add(correlation);
        return _served.Count == 0 && Next();
    }

    /// <summary>The errand is over: gives the requests it answers, none if the ticket is not the one that is out.</summary>
    /// <param name="ticket">The errand's.</param>
    /// <param name="again">Whether another errand has to be sent for those that came meanwhile.</param>
    public IReadOnlyList<uint> End(int ticket, out bool again)
    {
        again = false;
        if (ticket != Ticket || _served.Count == 0)
        {
            return [];
        }

        var answered = _served;
        _served = [];
        again = _waiting.Count > 0 && Next();
        return answered;
    }

    private bool Next()
    {
        (_served, _waiting) = (_waiting, []);
        Ticket++;
        return true;
    }
}
