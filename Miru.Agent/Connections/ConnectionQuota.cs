namespace Miru.Agent.Connections;

/// <summary>How many connections there may be, in total and of one user ([limit-1]). Root is not counted per user: who is root needs no leave.</summary>
/// <param name="total">Open connections at most.</param>
/// <param name="perUser">Open connections of one user at most.</param>
internal sealed class ConnectionQuota(int total, int perUser)
{
    private const uint Root = 0;

    private readonly Dictionary<uint, int> _perUser = [];

    /// <summary>Open connections.</summary>
    public int Count { get; private set; }

    /// <summary>Nobody gets a place, whoever it is.</summary>
    public bool IsFull => Count >= total;

    /// <summary>Takes a place for a user's connection, if one is free.</summary>
    public bool TryTake(uint userId)
    {
        var ofUser = _perUser.GetValueOrDefault(userId);
        if (IsFull || (userId != Root && ofUser >= perUser))
        {
            return false;
        }

        _perUser[userId] = ofUser + 1;
        Count++;
        return true;
    }

    /// <summary>Gives a place back.</summary>
    public void Return(uint userId)
    {
        Count--;
        if (--_perUser[userId] == 0)
        {
            _perUser.Remove(userId);
        }
    }
}
