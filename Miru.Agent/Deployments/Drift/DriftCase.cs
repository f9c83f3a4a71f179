namespace Miru.Agent.Deployments.Drift;

/// <summary>What is remembered of a file that is not as it was deployed, or lately was not.</summary>
/// <param name="Drift">How it differs; null since it was put back.</param>
/// <param name="Digest">Of what stood there at the last look.</param>
/// <param name="Reason">For people.</param>
/// <param name="Since">The wall clock when it was first seen so.</param>
internal sealed record DriftCase(string Path, DriftKind? Drift, string? Digest, string? Reason, DateTimeOffset Since)
{
    /// <summary>The drift that the store was told of last; null if none, or it is over.</summary>
    public (DriftKind Drift, string? Digest)? Told { get; init; }

    /// <summary>How often in a row something was done or said about it.</summary>
    public int Attempts { get; init; }

    /// <summary>How long nothing is done about it after that, and when this ends.</summary>
    public TimeSpan Wait { get; init; }

    public TimeSpan ActAt { get; init; }

    /// <summary>When it may be looked at again.</summary>
    public TimeSpan LookAt { get; init; }

    /// <summary>Nobody has touched it for so long that the next drift is a first one.</summary>
    public bool IsQuiet(TimeSpan now) => now - ActAt >= Wait;
}
