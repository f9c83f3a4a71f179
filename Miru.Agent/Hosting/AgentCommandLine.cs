using System.CommandLine;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
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

        root.Subcommands.Add(Events());

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

        if (process.Variable(CoreDumps.Variable) != "1" && process.ForbidCoreDumps() is { } dumpable)
        {
            process.Error.WriteLine($"miru-agent: a core dump of this process would hold its secrets, and cannot be forbidden: {dumpable}.");
        }

        // Signals belong to the host, which stops in order; two owners would race for the exit.
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            ProcessTerminationTimeout = null,
            Output = process.Output,
            Error = process.Error,
        });
    }

    private Command Events()
    {
        var last = new Option<int>("--last", "-n") { Description = "How many of the newest.", HelpName = "N", DefaultValueFactory = _ => 20 };
        last.Validators.Add(given =>
        {
            if (given.GetValue(last) is < 1 or > EventsCommand.Most)
            {
                given.AddError($"--last takes 1 to {EventsCommand.Most}.");
            }
        });
        var after = new Option<long?>("--after") { Description = "Those that follow the event with this number instead, the oldest first; at most --last of them.", HelpName = "ID" };
        var kinds = new Option<string[]>("--kind") { Description = "Only events of this kind; may be repeated.", HelpName = "KIND" };
        kinds.AcceptOnlyFromAmong([.. Enum.GetValues<StoreEventKind>().Select(kind => kind.Word())]);
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what happens from now on." };
        var json = new Option<bool>("--json") { Description = "One JSON object on each line." };
        var command = new Command("events", "What happened to this device's configs, from the event log in its store; the agent may run or not.") { last, after, kinds, follow, json };
        command.SetAction((parsed, stop) => WithSettings(parsed, settings => new EventsCommand(settings.Store, process.Time, process.Output, process.Error).RunAsync(
            new EventQuery(parsed.GetValue(last), parsed.GetValue(after), [.. (parsed.GetValue(kinds) ?? []).Select(DeploymentWords.Read<StoreEventKind>)]),
            parsed.GetValue(follow),
            parsed.GetValue(json),
            stop)));
        return command;
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
