namespace Miru.Agent.Cloud.Api;

/// <summary>What to do about a request that did not succeed. Closed: every status and every transport failure is one of these.</summary>
internal enum FailureKind
{
    /// <summary>It may work later: no network, a busy or broken server, an answer cut short.</summary>
    RetryLater,

    /// <summary>The token is not accepted; a new one may be.</summary>
    RefreshToken,

    /// <summary>It will not work until somebody changes something; say so, and ask again only rarely.</summary>
    Stop,

    /// <summary>The matter is settled on the other side, for example a report about a deployment that is gone.</summary>
    Ignore,
}
