using Miru.Cloud.Http;
using Miru.Cloud.Releases;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Admin;

/// <summary>Publishing releases and finding them again.</summary>
internal sealed class AdminReleaseEndpoints(Database database, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/releases", CreateAsync);
        routes.MapGet("/releases", ListAsync);
        routes.MapGet("/releases/{release_id}", GetAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var draft = ReleaseRules.Check(await context.ReadJsonAsync(Wire.Json.CreateReleaseRequest));
        var release = await database.WriteAsync(db => AdminReleaseResource.From(db.AddRelease(draft, time.GetUtcNow()), db));
        await context.WriteJsonAsync(release with { Warnings = draft.Warnings }, Wire.Json.AdminReleaseResource);
    }

    private async Task ListAsync(HttpContext context)
    {
        var paging = Paging.Parse(context.Request.Query);
        var page = database.Read(db => PageResource<AdminReleaseResource>.From(
            paging, db.ListReleases(paging).ConvertAll(release => AdminReleaseResource.From(release, db))));
        await context.WriteJsonAsync(page, Wire.Json.PageResourceAdminReleaseResource);
    }

    private async Task GetAsync(HttpContext context)
    {
        var release = database.Read(db => AdminReleaseResource.From(db.GetRelease(context.RouteText("release_id")), db));
        await context.WriteJsonAsync(release, Wire.Json.AdminReleaseResource);
    }
}
