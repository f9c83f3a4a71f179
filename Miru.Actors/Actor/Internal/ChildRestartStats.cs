using System.Diagnostics;

namespace Akka.Actor.Internal;

/// <summary>A child and how often it was restarted lately.</summary>
public class ChildRestartStats : IChildStats
{
    private uint _retries;
    private long _windowStart;

    /// <summary>Begins to count for a child.</summary>
    /// <param name="child">The child.</param>
    /// <param name="maxNrOfRetriesCount">Restarts so far.</param>
    /// <param name="restartTimeWindowStartTicks">When the window began, in ticks of 100 ns on the monotonic clock; 0 when none has.</param>
    public ChildRestartStats(IInternalActorRef child, uint maxNrOfRetriesCount = 0, long restartTimeWindowStartTicks = 0)
    {
        Child = child;
        _retries = maxNrOfRetriesCount;
        _windowStart = restartTimeWindowStartTicks;
    }

    /// <summary>The incarnation of the child's path.</summary>
    public long Uid => Child.Path.Uid;

    /// <summary>The child.</summary>
    public IInternalActorRef Child { get; }

    /// <summary>Restarts so far, in the window if there is one.</summary>
    public uint MaxNrOfRetriesCount => _retries;

    /// <summary>When the window began, in ticks of 100 ns on the monotonic clock; 0 when none has.</summary>
    public long RestartTimeWindowStartTicks => _windowStart;

    /// <summary>Counts one more restart; false when that is one too many.</summary>
    /// <param name="maxNrOfRetries">0 for none, negative for no limit.</param>
    /// <param name="withinTimeMilliseconds">The window; 0 or less for the child's whole life.</param>
    public bool RequestRestartPermission(int maxNrOfRetries, int withinTimeMilliseconds)
    {
        if (maxNrOfRetries == 0) return false;
        if (withinTimeMilliseconds > 0) return PermittedInWindow(maxNrOfRetries > 0 ? maxNrOfRetries : 1, withinTimeMilliseconds);
        return maxNrOfRetries < 0 || ++_retries <= maxNrOfRetries;
    }

    /// <summary>The window begins with the first failure and again with the first one after it has passed.</summary>
    private bool PermittedInWindow(int retries, int windowMilliseconds)
    {
        var now = Stopwatch.GetElapsedTime(0).Ticks;
        if (_windowStart == 0) _windowStart = now;
        if (now - _windowStart <= TimeSpan.FromMilliseconds(windowMilliseconds).Ticks) return ++_retries <= retries;
        _retries = 1;
        _windowStart = now;
        return true;
    }
}
