namespace Miru.Cloud.Releases;

/// <summary>The contract's <c>Release</c>. This server knows no git commits, so <c>git_commit_id</c> is always null.</summary>
internal sealed record ReleaseResource(string Id, string Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public string Object => "release";

    public string? GitCommitId => null;

    public static ReleaseResource From(Release release) => new(release.Id, release.Version, release.CreatedAt, release.UpdatedAt);
}
