using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using Miru.Cloud.Releases;

namespace Miru.Cloud.Admin;

/// <summary>A release as an admin sees it: the contract's fields and what is in it.</summary>
internal sealed record AdminReleaseResource(
    string Id, string Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, IReadOnlyList<AdminConfigInstanceResource> ConfigInstances)
{
    public string Object => "release";

    public string? GitCommitId => null;

    /// <summary>Only in the answer to publishing, where it stands even if it is empty.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    public static AdminReleaseResource From(Release release, SqliteConnection db) => new(
        release.Id,
        release.Version,
        release.CreatedAt,
        release.UpdatedAt,
        db.ConfigInstancesOf(release.Id).ConvertAll(AdminConfigInstanceResource.From));
}
