using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// Settings read by dotted path; a quoted part of a path may hold dots. A path that is not there yields the caller's default.
/// Immutable once made: <see cref="WithFallback"/> answers a new one.
/// </summary>
public class Config
{
    /// <summary>A configuration without any setting.</summary>
    public static readonly Config Empty = ConfigurationFactory.Empty;

    /// <summary>What was parsed for this configuration alone, without its fallbacks.</summary>
    private readonly HoconValue _own;

    /// <summary>A configuration without a root; it answers every question with the default.</summary>
    public Config()
    {
    }

    /// <summary>The settings below <paramref name="root"/>.</summary>
    public Config(HoconRoot root)
    {
        ArgumentNullException.ThrowIfNull(root?.Value, nameof(root));
        Root = _own = root.Value;
        Substitutions = root.Substitutions;
    }

    /// <summary>The settings of <paramref name="source"/> with <paramref name="fallback"/> remembered beside them, not merged.</summary>
    public Config(Config source, Config fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        Root = source.Root;
        _own = source._own;
        Fallback = fallback;
    }

    private Config(HoconValue merged, Config source, Config fallback)
        : this(source, source.Fallback is null ? fallback : new Config(source.Fallback, fallback))
    {
        Root = merged;
        Substitutions = source.Substitutions;
    }

    /// <summary>Where this configuration looks for what it lacks; null if nowhere.</summary>
    public Config Fallback { get; }

    /// <summary>All settings, those of the fallbacks included.</summary>
    public virtual HoconValue Root { get; }

    /// <summary>The references that the text contained.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; set; } = [];

    /// <summary>Whether there is no setting at all.</summary>
    public virtual bool IsEmpty => Root is null || Root.IsEmpty;

    /// <summary>Whether <paramref name="path"/> has a value, be it null.</summary>
    public virtual bool HasPath(string path) => GetValue(path) is not null;

    /// <summary>The value at <paramref name="path"/>, or null.</summary>
    public HoconValue GetValue(string path)
    {
        var node = Root;
        foreach (var key in HoconPath.Split(path))
        {
            node = node?.GetChildObject(key);
            if (node is null) return null;
        }
        return node;
    }

    /// <summary>The section at <paramref name="path"/>, or null.</summary>
    public virtual Config GetConfig(string path) => GetValue(path) is { } value ? new Config(new HoconRoot(value)) : null;

    /// <summary>A boolean: on, off, true or false.</summary>
    /// <exception cref="NotSupportedException">The value is none of these.</exception>
    public virtual bool GetBoolean(string path, bool @default = false) => GetValue(path)?.GetBoolean() ?? @default;

    /// <summary>A 32-bit number.</summary>
    public virtual int GetInt(string path, int @default = 0) => GetValue(path)?.GetInt() ?? @default;

    /// <summary>A 64-bit number.</summary>
    public virtual long GetLong(string path, long @default = 0) => GetValue(path)?.GetLong() ?? @default;

    /// <summary>A floating-point number.</summary>
    public virtual float GetFloat(string path, float @default = 0) => GetValue(path)?.GetFloat() ?? @default;

    /// <summary>A floating-point number.</summary>
    public virtual double GetDouble(string path, double @default = 0) => GetValue(path)?.GetDouble() ?? @default;

    /// <summary>A decimal number.</summary>
    public virtual decimal GetDecimal(string path, decimal @default = 0) => GetValue(path)?.GetDecimal() ?? @default;

    /// <summary>A text; null if the value is <c>null</c> or no text.</summary>
    public virtual string GetString(string path, string @default = null) => GetValue(path) is { } value ? value.GetString() : @default;

    /// <summary>A number of bytes: plain, or with a unit (<c>k</c>, <c>KiB</c> = 1024; <c>kB</c> = 1000; …).</summary>
    public virtual long? GetByteSize(string path) => GetValue(path)?.GetByteSize();

    /// <summary>A number of bytes, or <paramref name="def"/>.</summary>
    public virtual long? GetByteSize(string path, long? def = null) => GetValue(path) is { } value ? value.GetByteSize() : def;

    /// <summary>A duration: milliseconds, or with a unit from <c>ns</c> to <c>d</c>, or <c>infinite</c> where that is allowed.</summary>
    /// <exception cref="FormatException">The value is negative or no duration.</exception>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        GetValue(path)?.GetTimeSpan(allowInfinite) ?? @default.GetValueOrDefault();

    /// <summary>The texts of a list; empty if it is not there.</summary>
    public virtual IList<string> GetStringList(string path) => GetStringList(path, []);

    /// <summary>The texts of a list, or <paramref name="defaultPaths"/>.</summary>
    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => GetValue(path)?.GetStringList() ?? defaultPaths;

    /// <summary>The numbers of a list that must be there.</summary>
    public virtual IList<int> GetIntList(string path) => Required(path).GetIntList();

    /// <summary>The numbers of a list that must be there.</summary>
    public virtual IList<long> GetLongList(string path) => Required(path).GetLongList();

    /// <summary>The numbers of a list that must be there.</summary>
    public virtual IList<double> GetDoubleList(string path) => Required(path).GetDoubleList();

    /// <summary>The booleans of a list that must be there.</summary>
    public virtual IList<bool> GetBooleanList(string path) => Required(path).GetBooleanList();

    /// <summary>This configuration, completed by <paramref name="fallback"/> where it has no value. Objects merge, everything else is one or the other.</summary>
    /// <exception cref="ArgumentException">The fallback is this very configuration.</exception>
    public virtual Config WithFallback(Config fallback)
    {
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        if (fallback is null) return this;
        if (IsEmpty) return fallback;
        var merged = new HoconValue();
        merged.AppendValue(Root.GetObject().Over(fallback.Root?.GetObject()));
        return new Config(merged, this, fallback);
    }

    /// <summary>The settings at the top, those of the fallbacks included.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root?.GetObject()?.Items ?? Enumerable.Empty<KeyValuePair<string, HoconValue>>();

    /// <summary>This configuration alone, as HOCON.</summary>
    public override string ToString() => _own?.ToString() ?? "";

    /// <summary>This configuration as HOCON, with or without what its fallbacks add.</summary>
    public string ToString(bool includeFallback) => includeFallback ? Root?.ToString() ?? "" : ToString();

    /// <summary><paramref name="config"/> over the parsed <paramref name="fallback"/>.</summary>
    public static Config operator +(Config config, string fallback) => config.WithFallback(ConfigurationFactory.ParseString(fallback));

    /// <summary>The parsed <paramref name="configHocon"/> over <paramref name="fallbackConfig"/>.</summary>
    public static Config operator +(string configHocon, Config fallbackConfig) => ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    /// <summary>Parses HOCON.</summary>
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    private HoconValue Required(string path) => GetValue(path) ?? throw new ConfigurationException($"The configuration has no '{path}'.");
}
