using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Hosting;

namespace Miru.Agent.Cloud.Provisioning;

/// <summary>
/// Makes this computer a device of the cloud: a key pair made here, its public half enrolled with a one-time token.
/// </summary>
/// <param name="environment">Looks a variable up.</param>
/// <param name="input">Standard input if something is piped into it, else null.</param>
/// <param name="tellAgent">Has the agent that runs look who it is; false if none does, or it cannot be told.</param>
internal sealed class Provisioner(
    CloudSettings settings, CloudClient client, Func<string, string?> environment, TextReader? input, TextWriter output, TextWriter errors, Func<bool> tellAgent)
{
    /// <summary>Becomes a device, or does nothing where it is one. The process's exit code: 1 with a message if it is none in the end.</summary>
    /// <param name="name">What to call the device; the token may be bound to a device that has a name already.</param>
    public Task<int> ProvisionAsync(string name, CancellationToken cancellation) => GuardAsync(async () =>
    {
        if (DeviceIdentity.TryLoad(settings.StateDirectory) is { } present)
        {
            await output.WriteLineAsync($"Already provisioned as {present.Name} ({present.DeviceId}); nothing to do.").ConfigureAwait(false);
            return ExitCodes.Success;
        }

        if (await TokenAsync(cancellation).ConfigureAwait(false) is not { } token)
        {
            return ExitCodes.Failed;
        }

        // A key that an interrupted attempt left behind is as good as a new one.
        using var key = DeviceKey.TryLoad(settings.StateDirectory) ?? DeviceKey.Create(settings.StateDirectory);
        return await ConcludeAsync(await client.ProvisionAsync(token, key.PublicKeyPem, name, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
    });

    /// <summary>
    /// Puts this computer in the place of the machine that was the token's device so far, with a new key. The old key stays in place until
    /// the cloud has taken the new one; an attempt that was interrupted after that is repeated with the same key and another token.
    /// </summary>
    public Task<int> ReprovisionAsync(CancellationToken cancellation) => GuardAsync(async () =>
    {
        if (await TokenAsync(cancellation).ConfigureAwait(false) is not { } token)
        {
            return ExitCodes.Failed;
        }

        using var key = DeviceKey.TryLoadNext(settings.StateDirectory) ?? DeviceKey.CreateNext(settings.StateDirectory);
        var result = await client.ReprovisionAsync(token, key.PublicKeyPem, cancellation).ConfigureAwait(false);
        if (result.Value is not null)
        {
            TokenFile.Remove(settings.StateDirectory);
            key.Promote(settings.StateDirectory);
        }

        var exitCode = await ConcludeAsync(result).ConfigureAwait(false);
        if (exitCode == ExitCodes.Success && !tellAgent())
        {
            await output.WriteLineAsync("If the agent runs under another user, restart it: it could not be told.").ConfigureAwait(false);
        }

        return exitCode;
    });

    private async Task<int> ConcludeAsync(CloudResult<EnrolledDevice> result)
    {
        if (result.Value is { } device)
        {
            DeviceIdentity.Save(settings.StateDirectory, device);
            ReportedVersion.Write(settings.StateDirectory, AgentHeaders.Version);
            await output.WriteLineAsync($"Provisioned as {device.Name} ({device.Id}).").ConfigureAwait(false);
            return ExitCodes.Success;
        }

        var failure = result.Failure!;
        var hint = failure.Kind switch
        {
            FailureKind.RefreshToken => "A provisioning token works once and for five minutes; create a new one.",
            FailureKind.RetryLater => $"Check the network and miru.cloud.url ({settings.Url}), then run it again.",
            _ => $"Check miru.cloud.url ({settings.Url}) and the device in the cloud.",
        };
        return await RefuseAsync($"{char.ToUpperInvariant(failure.Reason[0])}{failure.Reason[1..]}. {hint}").ConfigureAwait(false);
    }

    private async Task<string?> TokenAsync(CancellationToken cancellation)
    {
        var token = await ProvisioningToken.ReadAsync(environment, input, cancellation).ConfigureAwait(false);
        if (token is null)
        {
            await RefuseAsync($"No provisioning token. Create one in the cloud and pass it in {ProvisioningToken.Variable} or on standard input.").ConfigureAwait(false);
        }

        return token;
    }

    private async Task<int> GuardAsync(Func<Task<int>> enroll)
    {
        try
        {
            return await enroll().ConfigureAwait(false);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync($"The state directory '{settings.StateDirectory}' cannot be used: {unusable.Message}").ConfigureAwait(false);
        }
    }

    private async Task<int> RefuseAsync(string message)
    {
        await errors.WriteLineAsync(message).ConfigureAwait(false);
        return ExitCodes.Failed;
    }
}
