namespace Miru.Agent.Deployments.Drift;

/// <summary>What became of a suspicion.</summary>
/// <param name="Look">What was found when no apply was under way.</param>
/// <param name="Failure">Why it could not be put back; null where it was, or was not to be.</param>
internal sealed record FileFinding(SuspectFile Suspect, FileLook Look, bool Repaired, Exception? Failure)
{
    /// <summary>What the agent does about it, for people.</summary>
    /// <param name="repairs">Whether the settings want drifted files put back.</param>
    public string Consequence(bool repairs) => (Repaired, Failure, repairs, Look.Drift) switch
    {
        (true, _, _, _) => "it is put back",
        (_, { } failure, _, _) => $"it cannot be put back now ({failure.Message.TrimEnd('.')}) and is tried again",
        (_, _, false, _) => "it stays as it is until the next deployment (deployments.drift = report)",
        (_, _, _, DriftKind.Missing) => "it is not put back where no deployed file was seen since the start: is its disk mounted?",
        _ => "the agent does not touch it",
    };
}
