namespace Miru.Agent.Connections;

/// <summary>Whether a refusal is worth a line: a peer that floods must not flood the log, so each kind gets one a minute.</summary>
internal sealed class RefusalLog(TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Dictionary<RefusalKind, (long LoggedAt, int Silent)> _kinds = [];

    /// <summary>A refusal happened.</summary>
    /// <param name="silent">How many of the kind were not logged since the last line.</param>
    /// <returns>Whether to log it.</returns>
    public bool Note(RefusalKind kind, out int silent)
    {
        silent = 0;
        if (_kinds.TryGetValue(kind, out var last) && time.GetElapsedTime(last.LoggedAt) < Quiet)
        {
            _kinds[kind] = last with { Silent = last.Silent + 1 };
            return false;
        }

        silent = last.Silent;
        _kinds[kind] = (time.GetTimestamp(), 0);
        return true;
    }
}
