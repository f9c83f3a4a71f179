using System.CommandLine;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Provisioning;
using Miru.Agent.Configs;
using Miru.Agent.Settings;

namespace Miru.Agent.Hosting;

/// <summary>The commands that make this computer a device of the cloud.</summary>
/// <param name="withSettings">Loads the settings and goes on with them, or ends with the exit code given last.</param>
internal sealed class ProvisioningCommands(ProcessEnvironment process, Func<ParseResult, Func<AgentSettings, Task<int>>, int, Task<int>> withSettings)
{
    private const string ProvisionName = "provision";
    private const string ReprovisionName = "reprovision";

    public Command Provision()
    {
        var name = new Option<string>("--name")
        {
            Description = "What to call this device in the cloud.",
            DefaultValueFactory = _ => Environment.MachineName,
        };
        var check = new Option<bool>("--check")
        {
            Description = $"Change nothing; exit {ExitCodes.Success} if this computer is provisioned, {ExitCodes.NotProvisioned} if not, {ExitCodes.Failed} if that cannot be told.",
        };
        var command = new Command(ProvisionName, $"Make this computer a device; the token comes in {ProvisioningToken.Variable} or on standard input.") { name, check };
        command.SetAction((parsed, stop) => parsed.GetValue(check)
            ? withSettings(parsed, settings => ProvisioningCheck.RunAsync(settings.StateDirectory, process.Output, process.Error), ExitCodes.Failed)
            : withSettings(parsed, settings => With(settings, provisioner => provisioner.ProvisionAsync(parsed.GetValue(name)!, stop)), ExitCodes.Settings));
        return command;
    }

    public Command Reprovision()
    {
        var command = new Command(ReprovisionName, $"Put this computer, with a new key, in the place of the machine that was the device so far; the token, bound to the device, comes in {ProvisioningToken.Variable} or on standard input.");
        command.SetAction((parsed, stop) => withSettings(parsed, settings => With(settings, provisioner => provisioner.ReprovisionAsync(stop)), ExitCodes.Settings));
        return command;
    }

    /// <summary>What to say to somebody who put a word, most likely the token, on the command line of these; it is not repeated.</summary>
    public static string? StrayArgument(ParseResult parsed) =>
        parsed.UnmatchedTokens.Count > 0 && parsed.CommandResult.Command.Name is ProvisionName or ReprovisionName
            ? $"{parsed.CommandResult.Command.Name} takes no arguments. A token on the command line can be read by every user of this computer: pass it in {ProvisioningToken.Variable} or on standard input, and have a new one made if this was it."
            : null;

    private async Task<int> With(AgentSettings settings, Func<Provisioner, Task<int>> run)
    {
        try
        {
            using var client = CloudClient.Connect(settings.Cloud, process.Time);
            return await run(new Provisioner(settings.Cloud, client, process.Variable, process.PipedInput, process.Output, process.Error, () => RunningAgent.Nudge(settings.StateDirectory)));
        }
        catch (IOException unusable)
        {
            // The file with certificate authorities.
            await process.Error.WriteLineAsync($"miru-agent: {unusable.Message}");
            return ExitCodes.Settings;
        }
    }
}
