using Miru.Cloud.Deployments;
using Miru.Cloud.Devices;
using Miru.Cloud.Http;
using Miru.Cloud.LongPoll;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Agent;

/// <summary>The contract's operations on single deployments. The list is <see cref="DeploymentList"/>.</summary>
internal sealed class DeploymentEndpoints(Database database, DeviceSessions sessions, ChangeFeed reports, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/deployments/{deployment_id}", GetAsync);
        routes.MapPatch("/deployments/{deployment_id}", ReportAsync);
    }

    private async Task GetAsync(HttpContext context)
    {
        var device = await sessions.RequireAsync(context);
        var expand = Expansions.Parse(context.Request.Query, list: false);
        var found = database.Read(db => DeploymentResource.From(db.GetDeployment(context.RouteText("deployment_id"), device.Id), expand, db));
        await context.WriteJsonAsync(found, Wire.Json.DeploymentResource);
    }

    private async Task ReportAsync(HttpContext context)
    {
        var device = await sessions.RequireAsync(context);
        var expand = Expansions.Parse(context.Request.Query, list: false);
        var report = (await context.ReadJsonAsync(Wire.Json.DeploymentReport)).Checked();
        var updated = await database.WriteAsync(db =>
        {
            var own = db.GetDeployment(context.RouteText("deployment_id"), device.Id);
            return DeploymentResource.From(db.Report(own.Id, report, time.GetUtcNow()), expand, db);
        });
        reports.Publish([updated.Id]);
        await context.WriteJsonAsync(updated, Wire.Json.DeploymentResource);
    }
}
