using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;

namespace Miru.Agent.Cloud.Provisioning;

/// <summary>
/// Makes this computer a device of the cloud: a key pair made here, its public half enrolled with a one-time token. The token comes from
/// the environment or from standard input, never from the command line, where every user of the computer could read it.
/// </summary>
internal sealed class Provisioner(CloudSettings settings, HttpMessageHandler handler, TimeProvider time, TextWriter output, TextWriter errors)
{
    public const string TokenVariable = "MIRU_PROVISIONING_TOKEN";

    private const int Done = 0;
    private const int NotDone = 1;
    private const int LongestToken = 8 * 1024;

    /// <summary>The process's exit code: 0 if the device is provisioned, now or before; 1 with a message otherwise.</summary>
    /// <param name="name">What to call the device; the token may be bound to a device that has a name already.</param>
    /// <param name="environment">Looks a variable up.</param>
    /// <param name="input">Standard input if something is piped into it, else null.</param>
    public async Task<int> RunAsync(string name, Func<string, string?> environment, TextReader? input, CancellationToken cancellation)
    {
        try
        {
            if (DeviceIdentity.TryLoad(settings.StateDirectory) is { } present)
            {
                await output.WriteLineAsync($"Already provisioned as {present.Name} ({present.DeviceId}); nothing to do.").ConfigureAwait(false);
                return Done;
            }

            if (await ReadTokenAsync(environment, input, cancellation).ConfigureAwait(false) is not { } token)
            {
                return await RefuseAsync($"No provisioning token. Create one in the cloud and pass it in {TokenVariable} or on standard input.").ConfigureAwait(false);
            }

            return await EnrollAsync(token, name, cancellation).ConfigureAwait(false);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync($"The state directory '{settings.StateDirectory}' cannot be used: {unusable.Message}").ConfigureAwait(false);
        }
    }

    private async Task<int> EnrollAsync(string token, string name, CancellationToken cancellation)
    {
        using var client = new CloudClient(settings, handler, time);

        // A key that an interrupted attempt left behind is as good as a new one.
        using var key = DeviceKey.TryLoad(settings.StateDirectory) ?? DeviceKey.Create(settings.StateDirectory);
        var result = await client.ProvisionAsync(token, key.PublicKeyPem, name, cancellation).ConfigureAwait(false);
        if (result.Value is { } device)
        {
            DeviceIdentity.Save(settings.StateDirectory, device);
            await output.WriteLineAsync($"Provisioned as {device.Name} ({device.Id}).").ConfigureAwait(false);
            return Done;
        }

        var hint = result.Failure!.Kind switch
        {
            FailureKind.RefreshToken => "A provisioning token works once and for five minutes; create a new one.",
            FailureKind.RetryLater => $"Check the network and miru.cloud.url ({settings.Url}), then run it again.",
            _ => $"Check miru.cloud.url ({settings.Url}) and the device in the cloud.",
        };
        return await RefuseAsync($"{Sentence(result.Failure.Reason)} {hint}").ConfigureAwait(false);
    }

    private static async Task<string?> ReadTokenAsync(Func<string, string?> environment, TextReader? input, CancellationToken cancellation)
    {
        if (environment(TokenVariable)?.Trim() is { Length: > 0 } fromEnvironment)
        {
            return fromEnvironment;
        }

        if (input is null)
        {
            return null;
        }

        var buffer = new char[LongestToken];
        var read = await input.ReadBlockAsync(buffer, cancellation).ConfigureAwait(false);
        var token = new string(buffer, 0, read).Trim();
        return token.Length > 0 && !token.Any(char.IsWhiteSpace) ? token : null;
    }

    private static string Sentence(string reason) => $"{char.ToUpperInvariant(reason[0])}{reason[1..]}.";

    private async Task<int> RefuseAsync(string message)
    {
        await errors.WriteLineAsync(message).ConfigureAwait(false);
        return NotDone;
    }
}
