using Miru.Agent.Configs;

namespace Miru.Agent.Tests.Doubles;

/// <summary>Settings and openings of stores in tests.</summary>
internal static class Stores
{
    public static StoreSettings Settings(string directory, int generations = 3, int events = 100) =>
        new(directory, StoreSettings.LargestConfig, 1024, generations, events);

    public static ConfigLedger Open(string directory, TimeProvider? time = null) => ConfigLedger.Open(Settings(directory), time ?? TimeProvider.System, out _);
}
