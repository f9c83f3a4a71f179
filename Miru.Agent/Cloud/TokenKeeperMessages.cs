using Miru.Agent.Cloud.Api;

namespace Miru.Agent.Cloud;

/// <summary>Question: a token for the next request. Answered with <see cref="TokenGranted"/> or <see cref="TokenDenied"/>.</summary>
internal sealed record GetToken;

internal sealed record TokenGranted(string Token)
{
    /// <summary>A token in a log would be everybody's token.</summary>
    public override string ToString() => nameof(TokenGranted);
}

internal sealed record TokenDenied(CloudFailure Failure);

/// <summary>Command: the cloud did not accept this token; do not grant it again.</summary>
internal sealed record RejectToken(string Token)
{
    public override string ToString() => nameof(RejectToken);
}
