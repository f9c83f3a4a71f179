using System.Net.Mime;
using Microsoft.Net.Http.Headers;
using Miru.Cloud.Devices;
using Miru.Cloud.Http;
using Miru.Cloud.Releases;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Agent;

/// <summary>The contract's operations on releases, git commits and config contents.</summary>
internal sealed class ReleaseEndpoints(Database database, DeviceSessions sessions)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/releases/{release_id}", GetAsync);
        routes.MapGet("/git_commits/{git_commit_id}", GetCommitAsync);
        routes.MapGet("/config_instances/{config_instance_id}/content", GetContentAsync);
    }

    private async Task GetAsync(HttpContext context)
    {
        var device = await sessions.RequireAsync(context);
        var release = database.Read(db => db.GetReleaseOf(device.Id, context.RouteText("release_id")));
        await context.WriteJsonAsync(ReleaseResource.From(release), Wire.Json.ReleaseResource);
    }

    private async Task GetCommitAsync(HttpContext context)
    {
        await sessions.RequireAsync(context);
        throw ApiErrors.NotFound("git_commit", context.RouteText("git_commit_id"));
    }

    private async Task GetContentAsync(HttpContext context)
    {
        var device = await sessions.RequireAsync(context);
        var disposition = Disposition(context.Request.Query);
        var (instance, bytes) = database.Read(db =>
        {
            var found = db.GetConfigInstanceOf(device.Id, context.RouteText("config_instance_id"));
            return (found, db.Content(found.Digest));
        });

        var header = new ContentDispositionHeaderValue(disposition);
        header.SetHttpFileName(Path.GetFileName(instance.Filepath));
        context.Response.Headers.ContentDisposition = header.ToString();
        context.Response.Headers.CacheControl = "private, immutable, max-age=31536000";
        context.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(instance.Digest["sha256:".Length..]))}:";

        // The framework's file result knows ranges, conditions and HEAD.
        await Results.Bytes(
            bytes,
            ConfigFormat.MediaType(instance.Format),
            enableRangeProcessing: true,
            entityTag: new EntityTagHeaderValue($"\"{instance.Digest}\"")).ExecuteAsync(context);
    }

    private static string Disposition(IQueryCollection query) => query["disposition"].ToString() switch
    {
        "" or DispositionTypeNames.Inline => DispositionTypeNames.Inline,
        DispositionTypeNames.Attachment => DispositionTypeNames.Attachment,
        _ => throw ApiErrors.Invalid("disposition", "'disposition' must be inline or attachment."),
    };
}
