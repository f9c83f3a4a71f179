using System.Globalization;
using Microsoft.Net.Http.Headers;
using Miru.Cloud.Deployments;
using Miru.Cloud.Devices;
using Miru.Cloud.Http;
using Miru.Cloud.LongPoll;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Agent;

/// <summary>
/// <c>GET /deployments</c>: the contract's list and, for a client that sends <c>Prefer: wait=N</c> with the ETag of the list it has, a long poll.
/// The ETag is weak and stands for the device's revision: it moves with what the cloud changes, not with what the device itself reports.
/// </summary>
internal sealed class DeploymentList(Database database, DeviceSessions sessions, ChangeFeed changes, string epoch, TimeSpan? pollInterval)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/deployments", ListAsync);

    private async Task ListAsync(HttpContext context)
    {
        var device = await sessions.RequireAsync(context);
        var query = DeploymentQuery.Parse(context.Request.Query);
        var response = context.Response;
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = "Prefer";
        if (pollInterval is { } interval)
        {
            response.Headers["Miru-Poll-Interval"] = ((int)interval.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        var wait = WaitPreference.Parse(context.Request.Headers["Prefer"]);
        if (wait is { } seconds)
        {
            response.Headers["Preference-Applied"] = $"wait={seconds}";
            var woken = await WaitAsync(context, device, TimeSpan.FromSeconds(seconds));
            if (woken == WakeReason.Gone)
            {
                return;
            }

            device = await sessions.RequireStillAsync(context, device);
        }

        var (tag, page) = database.Read(db =>
        {
            // Tag and page from one snapshot, or the tag could vouch for a change that the page does not show.
            var present = Tag(db.GetDevice(device.Id));
            return (present, Preconditions.Known(context, present) ? null : query.Run(db, device.Id));
        });
        response.Headers.ETag = tag.ToString();
        if (page is null)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await context.WriteJsonAsync(page, Wire.Json.PageResourceDeploymentResource);
    }

    /// <summary>Returns at once if the client's list is not the present one.</summary>
    private async Task<WakeReason> WaitAsync(HttpContext context, Device device, TimeSpan wait)
    {
        // Listen first, look second: a change in between is heard.
        using var waiter = changes.Subscribe(device.Id);
        var present = database.Read(db => db.GetDevice(device.Id));
        return Preconditions.Known(context, Tag(present)) ? await waiter.WaitAsync(wait, context.RequestAborted) : WakeReason.Changed;
    }

    private EntityTagHeaderValue Tag(Device device) => new($"\"{epoch}-{device.Revision}\"", isWeak: true);
}
