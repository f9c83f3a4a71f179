using Miru.Agent.Settings;

namespace Miru.Agent.Configs;

/// <summary>What the store keeps, and where.</summary>
/// <param name="Directory">The state directory; one agent at a time.</param>
/// <param name="MaxConfigSize">Largest config in bytes.</param>
/// <param name="TombstonesKept">Removed slugs that are remembered for resuming applications.</param>
/// <param name="GenerationsKept">Applied deployments whose contents stay on disk, the current one included.</param>
/// <param name="EventsKept">Lines of the event log.</param>
internal sealed record StoreSettings(string Directory, int MaxConfigSize, int TombstonesKept, int GenerationsKept, int EventsKept)
{
    /// <summary>A frame of 4 MiB less 64 KiB for its header and lists around it.</summary>
    public const int LargestConfig = (4 * 1024 * 1024) - (64 * 1024);

    public StoreFiles Files => new(Directory);

    public static StoreSettings Read(SettingsReader settings) => new(
        settings.AbsolutePath("state-directory"),
        settings.Size("configs.max-config-size", 1024, LargestConfig),
        settings.Whole("configs.tombstones-kept", 1, 65_536),
        settings.Whole("configs.generations-kept", 3, 100),
        settings.Whole("configs.events-kept", 100, 100_000));
}
