using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What a system must know before all else: its settings.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup(Option<Config> config) => Config = config;

    /// <summary>The settings, if given.</summary>
    public Option<Config> Config { get; }

    /// <summary>An empty one.</summary>
    public static BootstrapSetup Create() => new(Option<Config>.None);

    /// <summary>With these settings.</summary>
    public BootstrapSetup WithConfig(Config config) => new(config);

    /// <summary>With these behind the settings that are there.</summary>
    public BootstrapSetup WithConfigFallback(Config config) => new(Config.HasValue ? Config.Value.WithFallback(config) : config);
}
