using Miru.Agent.Cloud.Api;
using Miru.Agent.Configs;

namespace Miru.Agent.Cloud;

/// <summary>What one poll has gathered so far, and what comes next of it. Belongs to the poller alone; knows no actor.</summary>
/// <param name="number">Tells answers to this cycle from late ones to another.</param>
/// <param name="hold">How long the server may hold the list.</param>
internal sealed class PollCycle(int number, TimeSpan hold) : IDisposable
{
    private const int MaxPages = 20;

    private readonly CancellationTokenSource _stop = new();
    private int _pages;

    public int Number => number;

    public PollStage Stage { get; set; } = PollStage.Token;

    public TimeSpan Hold { get; private set; } = hold;

    public CancellationToken Stopped => _stop.Token;

    public string Token { get; set; } = "";

    /// <summary>When the list was asked for.</summary>
    public TimeSpan ListedAt { get; set; }

    public bool IsFirstPage => _pages == 0;

    public string? Tag { get; private set; }

    /// <summary>How many of those who wait for a sync had asked before the list was requested.</summary>
    public int Serves { get; set; }

    public List<FetchedDeployment> Deployments { get; } = [];

    /// <summary>The server holds the request, as far as we know: nothing is lost by giving it up.</summary>
    public bool IsHeld => Stage == PollStage.List && _pages == 0 && Hold > TimeSpan.Zero;

    /// <summary>Somebody waits for the answer.</summary>
    public void Hurry() => Hold = TimeSpan.Zero;

    /// <summary>Adds a page and says what follows it.</summary>
    public PageVerdict Take(DeploymentPage page)
    {
        Tag = _pages++ == 0 ? page.Tag : Tag;
        Deployments.AddRange(page.Deployments);
        return !page.HasMore || page.Deployments.Count == 0 ? PageVerdict.Complete : _pages < MaxPages ? PageVerdict.MoreFollow : PageVerdict.TooMany;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
