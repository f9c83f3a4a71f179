using System.CommandLine;
using Miru.Agent.Configs;
using Miru.Agent.Settings;

namespace Miru.Agent.Hosting;

/// <summary>
/// <c>miru-agent [run] --config FILE</c>, and what an operator needs around it. Every failure is one message that says what to
/// check, and one of <see cref="ExitCodes"/>.
/// </summary>
internal sealed class AgentCommandLine(ProcessEnvironment process)
{
    private readonly Option<string?> _config = new("--config", "-c")
    {
        Description = "Settings that differ from the built-in reference, in HOCON.",
        HelpName = "FILE",
        Recursive = true,
    };

    public Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("The Miru agent: keeps the newest accepted configs of this device and serves them on a Unix socket.");
        root.Options.Add(_config);
        root.SetAction((parsed, stop) => Run(parsed, stop));

        var run = new Command("run", "Serve until SIGTERM or SIGINT (the default).");
        run.SetAction((parsed, stop) => Run(parsed, stop));
        root.Subcommands.Add(run);

        var provisioning = new ProvisioningCommands(process, WithSettings);
        root.Subcommands.Add(provisioning.Provision());
        root.Subcommands.Add(provisioning.Reprovision());

        var check = new Command("check", "Check the settings and start nothing.");
        check.SetAction((parsed, _) => WithSettings(parsed, Check));
        root.Subcommands.Add(check);

        var to = new Option<string?>("--to") { Description = "The deployment's id, or the sequence at which it became current; without it the one before the current one.", HelpName = "DEPLOYMENT|SEQUENCE" };
        var list = new Option<bool>("--list") { Description = "Only show what can be rolled back to." };
        var rollback = new Command("rollback", "Make an earlier deployment current again, without the cloud; it stays until the cloud names another.") { to, list };
        rollback.SetAction((parsed, stop) => WithSettings(parsed, settings => new RollbackCommand(settings.Store, process.Time, process.Output, process.Error)
            .RunAsync(parsed.GetValue(to), parsed.GetValue(list), stop)));
        root.Subcommands.Add(rollback);

        var version = new Command("version", "Print the version.");
        version.SetAction(_ => process.Output.WriteLine($"miru-agent {AgentVersion.Text}"));
        root.Subcommands.Add(version);

        var parsed = root.Parse(arguments);
        if (ProvisioningCommands.StrayArgument(parsed) is { } stray)
        {
            process.Error.WriteLine($"miru-agent: {stray}");
            return Task.FromResult(ExitCodes.Usage);
        }

        if (parsed.Errors.Count > 0)
        {
            process.Error.WriteLine($"miru-agent: {string.Join(' ', parsed.Errors.Select(error => error.Message))} See miru-agent --help.");
            return Task.FromResult(ExitCodes.Usage);
        }

        // Signals belong to the host, which stops in order; two owners would race for the exit.
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            ProcessTerminationTimeout = null,
            Output = process.Output,
            Error = process.Error,
        });
    }

    private Task<int> Run(ParseResult parsed, CancellationToken stop) =>
        WithSettings(parsed, settings => new AgentHost(settings, process).RunAsync(stop));

    private Task<int> Check(AgentSettings settings)
    {
        process.Output.WriteLine($"settings are valid: state in {settings.StateDirectory}, socket {settings.Socket.Path}, cloud {settings.Cloud.Url}");
        return Task.FromResult(ExitCodes.Success);
    }

    private async Task<int> WithSettings(ParseResult parsed, Func<AgentSettings, Task<int>> use, int refused = ExitCodes.Settings)
    {
        AgentSettings settings;
        try
        {
            settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), parsed.GetValue(_config), process.Variable);
        }
        catch (SettingsException wrong)
        {
            await process.Error.WriteLineAsync($"miru-agent: the settings cannot be used:{Environment.NewLine}{wrong.Message}");
            return refused;
        }

        return await use(settings);
    }
}
