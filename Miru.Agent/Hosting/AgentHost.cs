using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Hosting;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Drift;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Health;
using Miru.Agent.Notifications;
using Miru.Agent.Settings;

namespace Miru.Agent.Hosting;

/// <summary>The agent as a process: composes the hops, runs them until a signal or a failure, and says how it ended.</summary>
internal sealed class AgentHost(AgentSettings settings, ProcessEnvironment process)
{
    private readonly AgentOutcome _outcome = new();
    private readonly SocketActivation? _activation = SocketActivation.FromEnvironment(process.Variable, process.Forget, Environment.ProcessId);
    private readonly NotifySocket _manager = NotifySocket.FromEnvironment(process, Environment.ProcessId);

    /// <summary>Runs until SIGTERM, SIGINT or a failure that no restart mends.</summary>
    /// <returns>One of <see cref="ExitCodes"/>; the error, if any, is printed already.</returns>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        using (var host = Build())
        {
            await host.RunAsync(stop);
        }

        if (_outcome.Failure is { } failure)
        {
            await process.Error.WriteLineAsync($"miru-agent: {failure.Message}");
            return failure.ExitCode;
        }

        return ExitCodes.Success;
    }

    internal IHost Build()
    {
        // The defaults of the generic host read files and watch them; nothing here needs them, and the start is quicker without.
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(Level(settings.Logging.Level));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddProvider(new LineLoggerProvider(Level(settings.Logging.Level), process.Error, process.HasJournal));
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.ShutdownTimeout);
        builder.Services.AddAkka("miru", (akka, services) => akka
            .AddHocon("akka { log-dead-letters = off, log-dead-letters-during-shutdown = off }", HoconAddMode.Prepend)
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.LogLevel = AkkaLevel(settings.Logging.Level);
                loggers.AddLoggerFactory(services.GetRequiredService<ILoggerFactory>());
            })
            .WithActors(Start));
        return builder.Build();
    }

    private void Start(ActorSystem system, IActorRegistry registry)
    {
        IoLoopConfigurator.Register(system);
        var (hops, output, outcome, manager) = (Hops(), process.Output, _outcome, _manager);
        var agent = system.ActorOf(Props.Create(() => new AgentSupervisor(hops, output, outcome, manager, OnHangUp)), "agent");
        registry.Register<AgentSupervisor>(agent);
        ShutdownPlan.Register(CoordinatedShutdown.Get(system), agent, manager, settings.ShutdownTimeout);
    }

    /// <summary><c>miru-agent rollback</c> leaves its request in the state directory and sends this; <c>reprovision</c> the device's new identity.</summary>
    private static PosixSignalRegistration OnHangUp(Action act) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
    {
        signal.Cancel = true;
        act();
    });

    private AgentHops Hops()
    {
        var (time, socket, store, cloud, deployments) = (process.Time, settings.Socket, settings.Store, settings.Cloud, settings.Deployments);
        var activation = _activation;
        var heartbeatInterval = settings.Link.HeartbeatInterval;
        var files = new PosixFileSystem();

        // Devices of one fleet must not jitter in step, so each process draws its own seed.
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        return new AgentHops(
            Status: () => Props.Create(() => new StatusBoard(AgentVersion.Text, time)),
            Notifier: () => Props.Create(() => new ConfigNotifier(heartbeatInterval)).WithDispatcher(IoLoopConfigurator.Id),
            Deployer: () => Props.Create(() => new Deployments.Deployer(deployments, files, seed)),
            Store: (deployer, notifier, status) =>
            {
                Func<Action, IFileWatch> openWatch = stirred => new InotifyWatch(stirred);
                var watcher = Props.Create(() => new DriftWatcher(deployments, files, openWatch, status, time, seed));
                return Props.Create(() => new ConfigStore(store, deployer, notifier, status, time, watcher));
            },
            Listener: (notifier, status) =>
            {
                var access = new AccessRules(settings.Access.Rules, Accounts.OwnUser, Accounts.UnknownUser)
                {
                    UnknownByDefault = settings.Access.UnknownByDefault,
                };
                var terms = new ConnectionTerms($"miru-agent/{AgentVersion.Text}", DeviceId(), settings.Link);
                return Props.Create(() => new SocketListener(socket, activation, terms, access, notifier, status, time)).WithDispatcher(IoLoopConfigurator.Id);
            },
            Cloud: (storeRef, status) =>
            {
                Func<CloudClient> connect = () => CloudClient.Connect(cloud, time);
                Func<DateTimeOffset, string> sign = now => DeviceKey.SignJwt(cloud.StateDirectory, now);
                return Props.Create(() => new CloudSupervisor(cloud, storeRef, status, connect, sign, time, seed));
            });
    }

    // Only told to applications; the cloud hop complains about an unreadable identity.
    private string? DeviceId()
    {
        try
        {
            return DeviceIdentity.TryLoad(settings.StateDirectory)?.DeviceId;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static LogLevel Level(string name) => name switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    private static Akka.Event.LogLevel AkkaLevel(string name) => name switch
    {
        "trace" or "debug" => Akka.Event.LogLevel.DebugLevel,
        "info" => Akka.Event.LogLevel.InfoLevel,
        "warning" => Akka.Event.LogLevel.WarningLevel,
        _ => Akka.Event.LogLevel.ErrorLevel,
    };
}
