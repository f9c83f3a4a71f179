namespace Miru.Benchmarks.Fleet;

/// <summary>A fleet, and when its cloud is gone.</summary>
/// <param name="Devices">How many.</param>
/// <param name="Pushes">The server holds list requests; else devices poll at the interval.</param>
/// <param name="OutageFrom">Since the start.</param>
/// <param name="Outage">How long nobody answers.</param>
internal sealed record FleetScenario(int Devices, bool Pushes, TimeSpan OutageFrom, TimeSpan Outage)
{
    /// <summary>What is watched after the outage.</summary>
    public TimeSpan Aftermath { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Everybody has found their rhythm.</summary>
    public TimeSpan SteadyFrom { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Who waits when the outage begins is answered first; else cut off.</summary>
    public bool SaysGoodbye { get; init; }

    /// <summary>Another release waits for every device when the cloud is back.</summary>
    public bool DeploysMeanwhile { get; init; }

    public TimeSpan OutageUntil => OutageFrom + Outage;

    public TimeSpan Until => OutageUntil + Aftermath;

    /// <summary>The outage that a fleet must survive without a herd: an hour.</summary>
    public static FleetScenario AnHour(int devices, bool pushes) => new(devices, pushes, TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));

    /// <summary>A server that is restarted.</summary>
    public static FleetScenario ARestart(int devices, bool pushes) =>
        new(devices, pushes, TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(10)) { Aftermath = TimeSpan.FromMinutes(15) };
}
