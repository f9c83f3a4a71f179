using Microsoft.Data.Sqlite;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Releases;

/// <summary>A named set of configs. Immutable: another set is another release.</summary>
internal sealed record Release(string Id, string Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static Release Read(SqliteDataReader row) =>
        new(row.Text("id"), row.Text("version"), row.Time("created_at"), row.Time("updated_at"));
}
