using Miru.Cloud.Deployments;
using Miru.Cloud.Devices;
using Miru.Cloud.Http;
using Miru.Cloud.Identity;
using Miru.Cloud.LongPoll;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Admin;

/// <summary>Devices and the tokens that make them.</summary>
internal sealed class AdminDeviceEndpoints(Database database, Presence presence, ChangeFeed changes, TimeProvider time)
{
    private const int MaxNameLength = 128;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/provisioning-tokens", MintAsync);
        routes.MapGet("/devices", ListAsync);
        routes.MapGet("/devices/{device_id}", GetAsync);
        routes.MapPost("/devices/{device_id}/revoke", RevokeAsync);
    }

    private async Task MintAsync(HttpContext context)
    {
        var request = await context.ReadJsonAsync(Wire.Json.MintTokenRequest);
        if (request.DeviceName is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength))
        {
            throw ApiErrors.Invalid("device_name", $"'device_name' must have 1 to {MaxNameLength} characters, or be null for a token of the whole workspace.");
        }

        var token = await database.WriteAsync(db =>
        {
            var now = time.GetUtcNow();
            var device = request.DeviceName is null ? null : db.FindDeviceByName(request.DeviceName) ?? db.AddDevice(request.DeviceName, now);
            return ProvisioningTokens.Mint(db, device?.Id, now);
        });
        context.Response.Headers.CacheControl = "no-store";
        await context.WriteJsonAsync(token, Wire.Json.TokenResource);
    }

    private async Task RevokeAsync(HttpContext context)
    {
        var device = await database.WriteAsync(db => AdminDeviceResource.From(db.Revoke(context.RouteText("device_id"), time.GetUtcNow()), presence, db));

        // A request that the device still holds open ends with the refusal.
        changes.Publish([device.Id]);
        await context.WriteJsonAsync(device, Wire.Json.AdminDeviceResource);
    }

    private async Task ListAsync(HttpContext context)
    {
        var paging = Paging.Parse(context.Request.Query);
        var page = database.Read(db => PageResource<AdminDeviceResource>.From(
            paging,
            db.ListDevices(paging).ConvertAll(device => AdminDeviceResource.From(device, presence, db))));
        await context.WriteJsonAsync(page, Wire.Json.PageResourceAdminDeviceResource);
    }

    private async Task GetAsync(HttpContext context)
    {
        var device = database.Read(db => AdminDeviceResource.From(db.GetDevice(context.RouteText("device_id")), presence, db));
        await context.WriteJsonAsync(device, Wire.Json.AdminDeviceResource);
    }
}
