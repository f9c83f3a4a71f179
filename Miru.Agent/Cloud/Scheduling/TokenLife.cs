namespace Miru.Agent.Cloud.Scheduling;

/// <summary>When to renew a token that has <c>left</c> to live.</summary>
internal static class TokenLife
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(500);

    /// <summary>The lead before its end; half of the rest for a token too short-lived for that.</summary>
    public static TimeSpan RenewIn(TimeSpan left, TimeSpan lead)
    {
        var wait = left > 2 * lead ? left - lead : left / 2;
        return wait > Soonest ? wait : Soonest;
    }
}
