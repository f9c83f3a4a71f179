using Miru.Cloud.Deployments;
using Miru.Cloud.Devices;
using Miru.Cloud.Http;
using Miru.Cloud.Identity;
using Miru.Cloud.LongPoll;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Agent;

/// <summary>The contract's operations on devices: becoming one, proving to be one, looking at oneself.</summary>
internal sealed class DeviceEndpoints(
    Database database, DeviceSessions sessions, DeviceTokens tokens, Presence presence, ChangeFeed changes, TimeProvider time)
{
    private const int MaxTextLength = 128;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/devices/provision", ProvisionAsync);
        routes.MapPost("/devices/reprovision", ReprovisionAsync);
        routes.MapPost("/devices/token", IssueTokenAsync);
        routes.MapGet("/device", GetSelfAsync);
        routes.MapPatch("/devices/{device_id}", UpdateAsync);
    }

    private async Task ProvisionAsync(HttpContext context)
    {
        var token = Bearer.Require(context, "provisioning token");
        var request = await context.ReadJsonAsync(Wire.Json.ProvisionDeviceRequest);
        var key = DevicePublicKey.FromPem(Text(request.PublicKeyPem, "public_key_pem", int.MaxValue));
        var version = Text(request.AgentVersion, "agent_version");
        var name = Text(request.Name, "name");

        var device = await database.WriteAsync(db =>
        {
            var now = time.GetUtcNow();
            // A bound token decides which device this becomes; the name in the body is for tokens of the whole workspace.
            var target = ProvisioningTokens.Spend(db, token, now) is { } bound
                ? db.GetDevice(bound)
                : db.FindDeviceByName(name) ?? db.AddDevice(name, now);
            return target.PublicKey is null
                ? db.Enroll(target, key, version, now)
                : throw ApiErrors.Conflict(
                    ErrorCodes.DeviceAlreadyProvisioned,
                    $"The device '{target.Name}' is provisioned; to move it to this machine, reprovision it with a token bound to it.");
        });
        await context.WriteJsonAsync(DeviceResource.From(device, presence), Wire.Json.DeviceResource);
    }

    private async Task ReprovisionAsync(HttpContext context)
    {
        var token = Bearer.Require(context, "provisioning token");
        var request = await context.ReadJsonAsync(Wire.Json.ProvisionDeviceRequest);
        var key = DevicePublicKey.FromPem(Text(request.PublicKeyPem, "public_key_pem", int.MaxValue));
        var version = Text(request.AgentVersion, "agent_version");

        var device = await database.WriteAsync(db =>
        {
            var now = time.GetUtcNow();
            var bound = ProvisioningTokens.Spend(db, token, now) ?? throw new ApiException(
                StatusCodes.Status403Forbidden, ErrorCodes.ProvisioningTokenUnbound, "Reprovisioning needs a token bound to the device; mint one with its name.");
            db.Redeploy(bound, now);
            return db.Enroll(db.GetDevice(bound), key, version, now);
        });
        changes.Publish([device.Id]);
        await context.WriteJsonAsync(DeviceResource.From(device, presence), Wire.Json.DeviceResource);
    }

    private async Task IssueTokenAsync(HttpContext context)
    {
        var jwt = DeviceJwt.Parse(Bearer.Require(context, "self-signed device JWT"), time.GetUtcNow());
        var device = database.Read(db => db.FindDeviceByKey(jwt.Fingerprint)) ?? throw ApiErrors.Unauthenticated(
            ErrorCodes.DeviceKeyUnknown, "No device is enrolled with this key; provision the device, or reprovision it if it was moved.");
        jwt.RequireSignature(device.PublicKey!);
        await database.WriteAsync(db => ReplayGuard.Remember(db, device.Id, jwt, time.GetUtcNow()));
        context.Response.Headers.CacheControl = "no-store";
        await context.WriteJsonAsync(tokens.Issue(device.Id, device.SessionId), Wire.Json.TokenResource);
    }

    private async Task GetSelfAsync(HttpContext context)
    {
        var device = await sessions.RequireAsync(context);
        await context.WriteJsonAsync(DeviceResource.From(device, presence), Wire.Json.DeviceResource);
    }

    private async Task UpdateAsync(HttpContext context)
    {
        var device = await sessions.RequireAsync(context);
        var id = context.RouteText("device_id");
        if (id != device.Id)
        {
            throw ApiErrors.NotFound("device", id);
        }

        var request = await context.ReadJsonAsync(Wire.Json.UpdateDeviceRequest);
        if (request.AgentVersion is not null)
        {
            var version = Text(request.AgentVersion, "agent_version");
            device = await database.WriteAsync(db =>
            {
                db.SetAgentVersion(id, version, time.GetUtcNow());
                return db.GetDevice(id);
            });
        }

        await context.WriteJsonAsync(DeviceResource.From(device, presence), Wire.Json.DeviceResource);
    }

    private static string Text(string? value, string name, int maxLength = MaxTextLength) =>
        !string.IsNullOrWhiteSpace(value) && value.Length <= maxLength
            ? value
            : throw ApiErrors.Invalid(name, maxLength == int.MaxValue ? $"'{name}' is missing." : $"'{name}' must have 1 to {maxLength} characters.");
}
