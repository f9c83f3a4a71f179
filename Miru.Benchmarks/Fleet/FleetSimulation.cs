using Akka.Actor;
using Akka.TestKit;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Settings;

namespace Miru.Benchmarks.Fleet;

/// <summary>
/// A fleet before, in and after an outage: the agent's whole cloud side, once for each device, with its real actors and requests, on one thread and one
/// virtual clock. Sockets are left out: requests reach a <see cref="ModelledCloud"/>, and what they bring a <see cref="ModelledStore"/>.
/// </summary>
internal sealed class FleetSimulation : IDisposable
{
    /// <summary>What is due within a step happens at its end, in order.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>A site that is switched on.</summary>
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(10);

    private readonly FleetScenario _scenario;
    private readonly CloudSettings _settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud;
    private readonly ActorSystem _system = ActorSystem.Create("fleet", """
        akka.loggers = []
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        """);
    private readonly DirectoryInfo _directory = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"miru-fleet-{Guid.NewGuid():N}"));
    private readonly SimulatedDispatcher _dispatcher;
    private readonly TestScheduler _scheduler;
    private readonly SchedulerTime _time;
    private readonly ModelledCloud _cloud;

    private FleetSimulation(FleetScenario scenario, int seed)
    {
        _scenario = scenario;
        _dispatcher = SimulatedDispatcher.Register(_system);
        _scheduler = (TestScheduler)_system.Scheduler;
        _time = new SchedulerTime(_scheduler);
        _cloud = new ModelledCloud(scenario, _time, After);
        After(scenario.OutageFrom, _cloud.Leave);

        var random = new Random(seed);
        for (var number = 0; number < scenario.Devices; number++)
        {
            var (id, deviceSeed) = ($"dvc_{seed}_{number}", random.Next());
            After(StartWithin * random.NextDouble(), () => SwitchOn(id, deviceSeed));
        }
    }

    /// <summary>The same scenario and seed give the same result.</summary>
    public static FleetResult Run(FleetScenario scenario, int seed)
    {
        // Continuations of requests run where a request ends, on this thread, as long as no context of the caller claims them.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using var simulation = new FleetSimulation(scenario, seed);
            return simulation.Live();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Dispose()
    {
        _dispatcher.End(_system);
        _directory.Delete(recursive: true);
    }

    private FleetResult Live()
    {
        while (_time.Elapsed + Step < _scenario.Until)
        {
            _scheduler.Advance(Step);
            RunAll();
        }

        return new FleetResult(_scenario, _cloud.Requests);
    }

    private void SwitchOn(string id, int seed)
    {
        var settings = _settings with { StateDirectory = _directory.CreateSubdirectory(id).FullName };
        DeviceIdentity.Save(settings.StateDirectory, new EnrolledDevice(id, "session", id));

        var (status, time) = ((IActorRef)ActorRefs.Nobody, (TimeProvider)_time);
        var store = _system.ActorOf(Props.Create(() => new ModelledStore()).WithDispatcher(SimulatedDispatcher.Name));
        Func<CloudClient> connect = () => new CloudClient(settings, _cloud.Connect(), time);

        // Four milliseconds of RSA for each attempt are not what is looked at.
        Func<DateTimeOffset, string> sign = _ => "jwt";
        _system.ActorOf(Props.Create(() => new CloudSupervisor(settings, store, status, connect, sign, time, seed)).WithDispatcher(SimulatedDispatcher.Name));
    }

    private void After(TimeSpan delay, Action what) => _scheduler.ScheduleOnce(delay, what);

    /// <summary>A step in which every device has something to do is not endless.</summary>
    private void RunAll() => _dispatcher.RunAll(null, 1000 * (_scenario.Devices + 100));
}
