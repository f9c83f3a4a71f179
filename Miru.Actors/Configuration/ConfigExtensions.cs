namespace Akka.Configuration;

/// <summary>What a caller may ask of a <see cref="Config"/> that can be null.</summary>
public static class ConfigExtensions
{
    /// <summary><paramref name="config"/> over <paramref name="fallback"/>; the one that exists if the other is null.</summary>
    public static Config SafeWithFallback(this Config config, Config fallback) =>
        config is null ? fallback : ReferenceEquals(config, fallback) ? config : config.WithFallback(fallback);

    /// <summary>Whether there is nothing to read.</summary>
    public static bool IsNullOrEmpty(this Config config) => config is null || config.IsEmpty;
}
