namespace Miru.Agent.Cloud.Api;

/// <summary>A device token as the cloud issued it.</summary>
/// <param name="ExpiresAt">By the cloud's clock.</param>
internal sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>A token in a log would be everybody's token.</summary>
    public override string ToString() => $"IssuedToken(expires {ExpiresAt:O})";
}
