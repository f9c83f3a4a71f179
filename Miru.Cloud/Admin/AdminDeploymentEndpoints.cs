using Microsoft.Net.Http.Headers;
using Miru.Cloud.Deployments;
using Miru.Cloud.Devices;
using Miru.Cloud.Http;
using Miru.Cloud.LongPoll;
using Miru.Cloud.Releases;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Admin;

/// <summary>Sending releases to devices. Rolling back is deploying an older release.</summary>
internal sealed class AdminDeploymentEndpoints(Database database, ChangeFeed changes, ChangeFeed reports, TimeProvider time)
{
    private const int MaxDescriptionLength = 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/deployments", CreateAsync);
        routes.MapPost("/deployments/{deployment_id}/archive", ArchiveAsync);
        routes.MapGet("/deployments", ListAsync);
        routes.MapGet("/deployments/{deployment_id}", GetAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await context.ReadJsonAsync(Wire.Json.CreateDeploymentRequest);
        var releaseId = request.ReleaseId ?? throw ApiErrors.Invalid("release_id", "'release_id' is missing.");
        var description = request.Description ?? "";
        if (description.Length > MaxDescriptionLength)
        {
            throw ApiErrors.Invalid("description", $"'description' must have at most {MaxDescriptionLength} characters.");
        }

        var created = await database.WriteAsync(db =>
        {
            var now = time.GetUtcNow();
            var release = db.GetRelease(releaseId);
            var devices = request.DeviceId is { } one ? [db.GetDevice(one).Id] : db.AllDeviceIds();
            return devices.ConvertAll(id => AdminDeploymentResource.From(db.Deploy(id, releaseId, description, now), release));
        });
        // After the commit: who wakes up must find it.
        changes.Publish(created.Select(deployment => deployment.DeviceId));
        await context.WriteJsonAsync(new DeploymentsResource(created), Wire.Json.DeploymentsResource);
    }

    private async Task ArchiveAsync(HttpContext context)
    {
        var archived = await database.WriteAsync(db =>
        {
            var deployment = db.GetDeployment(context.RouteText("deployment_id"));
            return AdminDeploymentResource.From(db.Archive(deployment, time.GetUtcNow()), db);
        });
        changes.Publish([archived.DeviceId]);
        reports.Publish([archived.Id]);
        await context.WriteJsonAsync(archived, Wire.Json.AdminDeploymentResource);
    }

    private async Task ListAsync(HttpContext context)
    {
        var query = DeploymentQuery.Parse(context.Request.Query);
        var deviceId = context.Request.Query["device_id"] is [{ Length: > 0 } id] ? id : null;
        var page = database.Read(db => PageResource<AdminDeploymentResource>.From(
            query.Paging,
            db.ListDeployments(deviceId, query.Activities, query.Paging).ConvertAll(deployment => AdminDeploymentResource.From(deployment, db)),
            query.Expand.TotalCount ? db.CountDeployments(deviceId, query.Activities) : null));
        await context.WriteJsonAsync(page, Wire.Json.PageResourceAdminDeploymentResource);
    }

    /// <summary>With <c>Prefer: wait=N</c> and the ETag of what is known, answers when the deployment changed: how an operator follows it.</summary>
    private async Task GetAsync(HttpContext context)
    {
        var id = context.RouteText("deployment_id");
        var deployment = Read(id);
        if (WaitPreference.Parse(context.Request.Headers["Prefer"]) is { } seconds)
        {
            context.Response.Headers["Preference-Applied"] = $"wait={seconds}";
            // Listen first, look second: a change in between is heard.
            using var waiter = reports.Subscribe(id);
            deployment = Read(id);
            if (Preconditions.Known(context, Tag(deployment)))
            {
                await waiter.WaitAsync(TimeSpan.FromSeconds(seconds), context.RequestAborted);
                deployment = Read(id);
            }
        }

        context.Response.Headers.ETag = Tag(deployment).ToString();
        if (Preconditions.Known(context, Tag(deployment)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await context.WriteJsonAsync(deployment, Wire.Json.AdminDeploymentResource);
    }

    private AdminDeploymentResource Read(string id) => database.Read(db => AdminDeploymentResource.From(db.GetDeployment(id), db));

    private static EntityTagHeaderValue Tag(AdminDeploymentResource deployment) =>
        new($"\"{deployment.TargetStatus}-{deployment.ActivityStatus}-{deployment.ErrorStatus}-{deployment.UpdatedAt.UtcTicks:x}\"", isWeak: true);
}
