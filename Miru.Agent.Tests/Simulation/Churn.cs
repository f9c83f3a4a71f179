using Akka.Actor;
using Akka.TestKit;
using Miru.Agent.Tests.Doubles;
using Miru.Benchmarks.Fleet;

namespace Miru.Agent.Tests.Simulation;

/// <summary>
/// One simulated stretch of a robot's life: applications come, stall and go while deployments are applied and the agent restarts; then peace,
/// in which everybody must catch up. Everything runs on the calling thread in virtual time; chance comes from the seed alone, a stream of
/// its own for each part, so that one part can be left out without changing another's luck.
/// </summary>
/// <param name="without">Leaves out this application.</param>
/// <param name="inOrder">Actors run in the order of arrival, not by chance: needed to compare two runs of different actors.</param>
internal sealed class Churn(ActorSystem system, SimulatedDispatcher dispatcher, int seed, Plant plant = Plant.None, int? without = null, bool inOrder = false)
{
    private const int Steps = 120;
    private const int Applications = 4;
    private static readonly int[] Strides = [10, 50, 200, 1000, 2500];
    private static readonly TimeSpan CalmStride = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly VirtualTime _time = new();
    private readonly Random _fate = new(seed);
    private readonly Random? _order = inOrder ? null : new Random(seed + 1);
    private SimulatedStore _store = null!;
    private SimulatedAgent? _agent;
    private int _downFor;

    /// <summary>What each application lived through.</summary>
    public Dictionary<string, List<string>> Traces { get; } = [];

    /// <summary>Connections before the peace, and the contents that they and the store held then; counted only where a test asks for it.</summary>
    public (int Connections, int Contents) AtTheHeight { get; private set; }

    /// <param name="weigh">Counts what is held before the peace, which takes a collection.</param>
    /// <exception cref="SimulationException">Something did not hold.</exception>
    public void Run(bool weigh = false)
    {
        // A context of the test framework would send the sessions' continuations to another thread.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            RunHere(weigh);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void RunHere(bool weigh)
    {
        _store = new SimulatedStore(new Random(seed + 2), plant);
        var applications = new List<SimulatedApplication>();
        foreach (var number in Enumerable.Range(0, Applications).Where(number => number != without))
        {
            var application = new SimulatedApplication($"app-{number}", (seed * 31) + number, _time, _store, Accept, number == 0 ? plant : Plant.None);
            applications.Add(application);
            Traces.Add($"app-{number}", application.Trace);
        }

        try
        {
            Start();
            for (var step = 0; step < Steps; step++)
            {
                Step(applications);
            }

            if (weigh)
            {
                Weigh();
            }

            CalmDown(applications);
        }
        catch (SimulationException finding)
        {
            throw new SimulationException($"seed {seed}: {finding.Message}\n{string.Join('\n', Traces.Values.SelectMany(trace => trace.TakeLast(12)))}");
        }
        finally
        {
            _agent?.Stop();
            dispatcher.RunAll(null);
        }
    }

    private void Step(List<SimulatedApplication> applications)
    {
        Pass(TimeSpan.FromMilliseconds(Strides[_fate.Next(Strides.Length)]));
        switch (_fate.Next(100))
        {
            case < 35:
                _store.Deploy();
                _agent?.Publish(_store.Current);
                break;
            case < 36:
                _store.BeginEpoch();
                _agent?.Publish(_store.Current);
                break;
            case < 38 when _downFor == 0:
                // In order: everybody is told, and has until the next steps to read it.
                _agent?.SayGoodbye();
                _downFor = _fate.Next(2, 8);
                break;
            case < 40 when _downFor == 0:
                _agent?.Stop();
                _agent = null;
                _downFor = _fate.Next(2, 8);
                break;
        }

        Settle();
        RestartIfDue();
        foreach (var application in applications)
        {
            application.Misbehave();
            Settle();
            if (plant != Plant.SharedFate || applications[0].IsCurrent || application == applications[0])
            {
                application.Act();
            }

            Settle();
        }
    }

    private void RestartIfDue()
    {
        if (_downFor > 0 && --_downFor == 0)
        {
            _agent?.Stop();
            Settle();
            if (_fate.Next(3) == 0)
            {
                _store.BeginEpoch();
            }

            Start();
        }
    }

    private void CalmDown(List<SimulatedApplication> applications)
    {
        applications.ForEach(application => application.CalmDown());
        while (_downFor > 0)
        {
            RestartIfDue();
        }

        for (var passed = TimeSpan.Zero; ; passed += CalmStride)
        {
            Pass(CalmStride);
            foreach (var application in applications)
            {
                application.Act();
                Settle();
            }

            if (applications.TrueForAll(application => application.IsCurrent) && _agent!.Connections == applications.Count)
            {
                return;
            }

            SimulationException.Require(
                passed < Patience,
                $"no peace: {_agent!.Connections} connections of {applications.Count}, current are {string.Join(' ', applications.Select(application => application.IsCurrent))}");
        }
    }

    private void Weigh()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        AtTheHeight = (_agent?.Connections ?? 0, _store.Versions.Count(version => version.IsAlive));
    }

    private bool Accept(SimulatedWire wire)
    {
        if (_agent is not { IsLeaving: false } agent)
        {
            return false;
        }

        agent.Accept(wire);
        return true;
    }

    private void Start()
    {
        _agent = new SimulatedAgent(system, _store.Current);
        Settle();
    }

    private void Pass(TimeSpan time)
    {
        _time.Advance(time);
        ((TestScheduler)system.Scheduler).Advance(time);
        Settle();
    }

    private void Settle() => dispatcher.RunAll(_order);
}
