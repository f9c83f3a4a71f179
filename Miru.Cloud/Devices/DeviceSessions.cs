using Miru.Cloud.Http;
using Miru.Cloud.Identity;
using Miru.Cloud.Storage;

namespace Miru.Cloud.Devices;

/// <summary>Turns a device token into the device it speaks for.</summary>
internal sealed class DeviceSessions(Database database, DeviceTokens tokens, Presence presence)
{
    /// <exception cref="ApiException">401.</exception>
    public async ValueTask<Device> RequireAsync(HttpContext context)
    {
        var (deviceId, sessionId) = tokens.Read(Bearer.Require(context, "device token"));
        var device = database.Read(db => db.FindDevice(deviceId));
        if (device is null || device.SessionId != sessionId)
        {
            throw ApiErrors.Unauthenticated(ErrorCodes.SessionRevoked, "This device was revoked, or provisioned again on this machine or another; its earlier tokens are void.");
        }

        return await presence.SeenAsync(device);
    }

    /// <summary>The same after a wait: the device was there all the time, but may have been revoked or provisioned anew meanwhile.</summary>
    /// <exception cref="ApiException">401.</exception>
    public ValueTask<Device> RequireStillAsync(HttpContext context, Device device)
    {
        presence.Stayed(device);
        return RequireAsync(context);
    }
}
