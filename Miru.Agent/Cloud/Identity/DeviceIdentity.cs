using Miru.Agent.Cloud.Api;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Miru.Agent.Cloud.Identity;

/// <summary>Who this device is to the cloud, as provisioning found out.</summary>
internal sealed record DeviceIdentity(string DeviceId, string SessionId, string Name)
{
    /// <summary>Null if the device is not provisioned.</summary>
    /// <exception cref="IOException">The file is there and cannot be used.</exception>
    public static DeviceIdentity? TryLoad(string stateDirectory)
    {
        var path = PathIn(stateDirectory);
        if (SecretFile.Read(path) is not { } text)
        {
            return null;
        }

        try
        {
            var device = JObject.Parse(text);
            if ((string?)device["device_id"] is { Length: > 0 } id)
            {
                return new DeviceIdentity(id, (string?)device["session_id"] ?? "", (string?)device["name"] ?? "");
            }
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or InvalidCastException)
        {
            throw new IOException($"'{path}' is damaged. Remove it and provision the device again.", malformed);
        }

        throw new IOException($"'{path}' names no device. Remove it and provision the device again.");
    }

    public static DeviceIdentity Save(string stateDirectory, EnrolledDevice device)
    {
        var file = new JObject { ["device_id"] = device.Id, ["session_id"] = device.SessionId, ["name"] = device.Name, ["activated"] = true };
        SecretFile.Write(PathIn(stateDirectory), file.ToString(Formatting.Indented) + "\n", SecretFile.GroupReadable);
        return new DeviceIdentity(device.Id, device.SessionId, device.Name);
    }

    private static string PathIn(string stateDirectory) => Path.Combine(stateDirectory, "device.json");
}
