namespace Miru.Cloud.Identity;

/// <summary>The contract's <c>TokenResponse</c>.</summary>
internal sealed record TokenResource(string Token, DateTimeOffset ExpiresAt);
