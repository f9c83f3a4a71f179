using Miru.Agent.Cloud;
using Miru.Agent.Settings;

namespace Miru.Benchmarks.Fleet;

/// <summary>
/// A fleet before, in and after an outage, on a clock that only exists in here. The server is a model that answers at once, holds where it
/// may, and is gone for a while; it counts every attempt to reach it.
/// </summary>
internal sealed class FleetSimulation
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    private readonly FleetScenario _scenario;
    private readonly CloudSettings _settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud;
    private readonly FleetDevice[] _devices;
    private readonly PriorityQueue<Happening, (TimeSpan At, long Number)> _agenda = new();
    private readonly int[] _requests;
    private long _number;

    private FleetSimulation(FleetScenario scenario, int seed)
    {
        _scenario = scenario;
        var random = new Random(seed);
        _requests = new int[(int)scenario.Until.TotalSeconds + 1];
        _devices = new FleetDevice[scenario.Devices];
        for (var number = 0; number < _devices.Length; number++)
        {
            _devices[number] = new FleetDevice(_settings, $"dvc_{seed}_{number}", random.Next());

            // A site that is switched on: within ten seconds.
            Plan(TimeSpan.FromSeconds(10) * random.NextDouble(), new Happening(Kind.Poll, number, 0));
        }
    }

    /// <summary>The same scenario and seed give the same result.</summary>
    public static FleetResult Run(FleetScenario scenario, int seed)
    {
        var simulation = new FleetSimulation(scenario, seed);
        simulation.Live();
        return new FleetResult(scenario, simulation._requests);
    }

    private void Live()
    {
        while (_agenda.TryDequeue(out var what, out var due) && due.At < _scenario.Until)
        {
            var (now, device) = (due.At, _devices[what.Device]);
            switch (what.Kind)
            {
                case Kind.Poll:
                    Poll(now, device, what.Device);
                    break;
                case Kind.HoldEnds when what.Cycle == device.Cycle:
                    Next(device.Answered(now, holds: true), what.Device);
                    break;
                case Kind.HoldIsCut when what.Cycle == device.Cycle:
                    Next(device.Failed(now, wasHeld: true), what.Device);
                    break;
                case Kind.RenewToken:
                    if (!TryRenew(now, device, what.Device) && device.TokenMissed(now) is { } again)
                    {
                        Plan(again, what);
                    }

                    break;
            }
        }
    }

    private void Poll(TimeSpan now, FleetDevice device, int number)
    {
        if (device.TokenEnds <= now && !TryRenew(now, device, number))
        {
            Next(device.Failed(now, wasHeld: false), number);
            return;
        }

        device.ListedAt = now;
        var hold = _scenario.Pushes ? device.Hold : TimeSpan.Zero;
        if (!Reaches(now))
        {
            Next(device.Failed(now, wasHeld: hold > TimeSpan.Zero), number);
        }
        else if (hold == TimeSpan.Zero)
        {
            Next(device.Answered(now, holds: _scenario.Pushes), number);
        }
        else
        {
            var cut = now < _scenario.OutageFrom && now + hold > _scenario.OutageFrom;
            Plan(cut ? _scenario.OutageFrom : now + hold, new Happening(cut ? Kind.HoldIsCut : Kind.HoldEnds, number, device.Cycle));
        }
    }

    private bool TryRenew(TimeSpan now, FleetDevice device, int number)
    {
        if (!Reaches(now))
        {
            return false;
        }

        Plan(device.TokenIssued(now, TokenLifetime), new Happening(Kind.RenewToken, number, 0));
        return true;
    }

    /// <summary>Counts the attempt, whether or not somebody is there.</summary>
    private bool Reaches(TimeSpan now)
    {
        _requests[(int)now.TotalSeconds]++;
        return now < _scenario.OutageFrom || now >= _scenario.OutageUntil;
    }

    private void Next(TimeSpan at, int device) => Plan(at, new Happening(Kind.Poll, device, 0));

    private void Plan(TimeSpan at, Happening what) => _agenda.Enqueue(what, (at, _number++));

    private enum Kind
    {
        Poll,
        HoldEnds,
        HoldIsCut,
        RenewToken,
    }

    private readonly record struct Happening(Kind Kind, int Device, int Cycle);
}
