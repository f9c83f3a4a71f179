using Miru.Agent.Cloud.Api;
using Miru.Agent.Configs;

namespace Miru.Agent.Cloud;

/// <summary>What one poll has gathered so far. Belongs to the poller alone.</summary>
/// <param name="number">Tells answers to this cycle from late ones to another.</param>
/// <param name="wait">How long the server may hold the list.</param>
internal sealed class PollCycle(int number, TimeSpan wait) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public int Number => number;

    public PollStage Stage { get; set; } = PollStage.Token;

    public TimeSpan Wait { get; set; } = wait;

    public CancellationToken Stopped => _stop.Token;

    public string Token { get; set; } = "";

    /// <summary>Pages of the list read so far.</summary>
    public int Pages { get; set; }

    public string? Tag { get; set; }

    /// <summary>How many of those who wait for a sync had asked before the list was requested.</summary>
    public int Serves { get; set; }

    public List<FetchedDeployment> Deployments { get; } = [];

    /// <summary>Contents still to download, and those being downloaded or stored.</summary>
    public Queue<string> Queued { get; set; } = new();

    public HashSet<string> UnderWay { get; } = [];

    /// <summary>The first download that failed; no more are started then.</summary>
    public CloudFailure? Failure { get; set; }

    /// <summary>The server holds the request, as far as we know: nothing is lost by giving it up.</summary>
    public bool IsHeld => Stage == PollStage.List && Pages == 0 && Wait > TimeSpan.Zero;

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
