using Miru.Agent.Cloud.Identity;
using Miru.Agent.Hosting;

namespace Miru.Agent.Cloud.Provisioning;

/// <summary><c>provision --check</c>: whether this computer is a device of the cloud, from its own files and without a network.</summary>
internal static class ProvisioningCheck
{
    /// <summary>0 if it is, 3 if it is not, 1 with a message if that cannot be told.</summary>
    public static async Task<int> RunAsync(string stateDirectory, TextWriter output, TextWriter errors)
    {
        try
        {
            if (DeviceIdentity.TryLoad(stateDirectory) is not { } device)
            {
                await output.WriteLineAsync("Not provisioned.").ConfigureAwait(false);
                return ExitCodes.NotProvisioned;
            }

            using var key = DeviceKey.TryLoad(stateDirectory);
            if (key is null)
            {
                await errors.WriteLineAsync($"Provisioned as {device.Name} ({device.DeviceId}), but the device's key is gone. Run 'miru-agent reprovision'.").ConfigureAwait(false);
                return ExitCodes.Failed;
            }

            await output.WriteLineAsync($"Provisioned as {device.Name} ({device.DeviceId}).").ConfigureAwait(false);
            return ExitCodes.Success;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"The state directory '{stateDirectory}' cannot be used: {unusable.Message}").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }
}
