namespace Miru.Benchmarks.Link;

/// <summary>What is measured, and held against what.</summary>
internal static class Experiments
{
    /// <summary>The targets, and what is read beside them.</summary>
    public static IReadOnlyList<Experiment> Gates { get; } =
    [
        new(Placement.OneCore, Load.Saturated, Rounds: 9,
        [
            new("get_c_p50", Stack.Agent, Stack.Floor, Figure.P50, 1.25),
            new("cpu_saturated", Stack.Agent, Stack.Floor, Figure.Cpu, 1.3),
            new("get_sdk_p50", Stack.Sdk, Stack.Floor, Figure.P50, 1.5),
            new("get_sdk_async_p50", Stack.SdkAsync, Stack.Floor, Figure.P50),
            new("rest_ratio_saturated", Stack.Rest, Stack.Sdk, Figure.P50, 2.2) { AtLeast = true },
            new("rest_uds_ratio_saturated", Stack.RestUds, Stack.Sdk, Figure.P50),
            new("redis_get_p50", Stack.Redis, Stack.Floor, Figure.P50),
        ]),
        new(Placement.OneCore, Load.Robot, Rounds: 7,
        [
            new("rest_ratio_1khz", Stack.Rest, Stack.Sdk, Figure.P50, 3.5) { AtLeast = true },
            new("rest_uds_ratio_1khz", Stack.RestUds, Stack.Sdk, Figure.P50),
            new("cpu_1khz", Stack.Agent, Stack.Floor, Figure.Cpu, 1.5),
            new("cpu_1khz_vs_rest", Stack.Agent, Stack.Rest, Figure.Cpu, 0.1),
        ]),
        new(Placement.OneCore, Load.Connections(256), Rounds: 9, [new("conns256", Stack.Agent, Stack.Floor, Figure.P50, 1.5)]),
        new(Placement.TwoCores, Load.Connections(16), Rounds: 9, [new("conns16", Stack.Agent, Stack.Floor, Figure.Rate, 0.8) { AtLeast = true }]),
        FanOut(1),
        FanOut(10),
        FanOut(100),
        FanOut(1000),
        // On one core the kernel would decide when the bystander runs, not the server. What the host does in a second decides a round.
        new(Placement.TwoCores, Load.Robot, Rounds: 31, [new("bystander_p99", Stack.DisturbedAgent, Stack.Agent, Figure.P99, 1.2)]) { Longest = TimeSpan.FromSeconds(80) },
        new(Placement.TwoCores, Load.Robot, Rounds: 5, [new("bystander_p99_floor", Stack.DisturbedFloor, Stack.Floor, Figure.P99)]),
    ];

    /// <summary>The same in placements that repeat themselves less.</summary>
    public static IReadOnlyList<Experiment> Reports { get; } =
    [
        new(Placement.TwoCores, Load.Saturated, Rounds: 5,
        [
            new("get_c_p50_two_cores", Stack.Agent, Stack.Floor, Figure.P50),
            new("cpu_saturated_two_cores", Stack.Agent, Stack.Floor, Figure.Cpu),
            new("get_sdk_p50_two_cores", Stack.Sdk, Stack.Floor, Figure.P50),
            new("rest_ratio_saturated_two_cores", Stack.Rest, Stack.Sdk, Figure.P50),
        ]),
        new(Placement.Free, Load.Robot, Rounds: 5,
        [
            new("rest_ratio_1khz_free", Stack.Rest, Stack.Sdk, Figure.P50),
            new("get_sdk_p50_1khz_free", Stack.Sdk, Stack.Floor, Figure.P50),
            new("cpu_1khz_free", Stack.Agent, Stack.Floor, Figure.Cpu),
            new("cpu_1khz_vs_rest_free", Stack.Agent, Stack.Rest, Figure.Cpu),
        ]),
    ];

    private static Experiment FanOut(int watchers) => new(Placement.OneCore, Load.Watchers(watchers), Rounds: 7,
        [new($"fanout_{watchers}", Stack.Agent, Stack.Floor, Figure.P50, 1.3)]);
}
