namespace Miru.Agent.Cloud.Scheduling;

/// <summary>When to renew a token that has <c>left</c> to live. Pure.</summary>
internal static class TokenLife
{
    /// <summary>A shorter life is renewed by who needs the token next: a server that issues such tokens is not asked all the time for nothing.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);

    /// <summary>Share of the lead by which a renewal may come earlier still: a fleet that was provisioned together does not renew together.</summary>
    private const double Spread = 0.2;

    /// <summary>The lead before its end, or up to a fifth of the lead earlier; half of the rest for a token too short-lived for that.</summary>
    /// <param name="chance">Uniform in [0, 1).</param>
    public static TimeSpan RenewIn(TimeSpan left, TimeSpan lead, double chance)
    {
        var wait = left > 2 * lead ? left - (lead * (1 + (Spread * chance))) : left / 2;
        return wait > Soonest ? wait : Soonest;
    }
}
