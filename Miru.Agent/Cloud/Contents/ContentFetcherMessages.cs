using Miru.Agent.Cloud.Api;

namespace Miru.Agent.Cloud.Contents;

/// <summary>Command: download these and have the store keep them. Answered with <see cref="ContentsFetched"/>, whatever happens.</summary>
internal sealed record FetchContents(string Token, IReadOnlyList<string> InstanceIds)
{
    /// <summary>A token in a log would be everybody's token.</summary>
    public override string ToString() => $"{nameof(FetchContents)}({InstanceIds.Count})";
}

/// <summary>Fact: every content is in the store or refused there; or <paramref name="Failure"/> says why not.</summary>
internal sealed record ContentsFetched(CloudFailure? Failure = null, SyncOutcome Outcome = SyncOutcome.Done);
