using Microsoft.Data.Sqlite;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Releases;

/// <summary>One config of a release, without its bytes.</summary>
/// <param name="Digest"><c>sha256:</c> and 64 lowercase hex characters.</param>
/// <param name="Size">Bytes.</param>
internal sealed record ConfigInstance(
    string Id,
    string ReleaseId,
    string ConfigTypeName,
    string Filepath,
    string Format,
    string Digest,
    long Size,
    DateTimeOffset CreatedAt)
{
    public static ConfigInstance Read(SqliteDataReader row) => new(
        row.Text("id"),
        row.Text("release_id"),
        row.Text("config_type_name"),
        row.Text("filepath"),
        row.Text("format"),
        row.Text("digest"),
        row.Long("size"),
        row.Time("created_at"));
}
