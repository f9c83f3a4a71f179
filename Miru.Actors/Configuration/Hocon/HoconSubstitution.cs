namespace Akka.Configuration.Hocon;

/// <summary>A reference to another value of the document: <c>${a.b}</c>, or <c>${?a.b}</c> for one that may be missing.</summary>
public class HoconSubstitution : IHoconElement, IMightBeAHoconObject
{
    /// <summary>For deriving classes.</summary>
    protected HoconSubstitution()
    {
    }

    /// <summary>A reference to <paramref name="path"/>.</summary>
    public HoconSubstitution(string path) => Path = path;

    /// <summary>The full path of the value that is meant.</summary>
    public string Path { get; set; }

    /// <summary>The value that is meant; null until it is resolved, and forever if it is optional and missing.</summary>
    public HoconValue ResolvedValue { get; set; }

    /// <summary>Whether the target may be missing.</summary>
    internal bool IsOptional { get; init; }

    /// <summary>What the key keeps if an optional target is missing: its value before; null if it had none.</summary>
    internal HoconValue Otherwise { get; set; }

    /// <summary>Where the reference stands, for messages.</summary>
    internal HoconPosition Position { get; init; }

    /// <inheritdoc />
    public bool IsString() => ResolvedValue is null || ResolvedValue.IsString();

    /// <inheritdoc />
    public string GetString() => ResolvedValue is null ? "" : ResolvedValue.GetString();

    /// <inheritdoc />
    public bool IsArray() => ResolvedValue is not null && ResolvedValue.IsArray();

    /// <inheritdoc />
    public IList<HoconValue> GetArray() => ResolvedValue.GetArray();

    /// <inheritdoc />
    public bool IsObject() => ResolvedValue is not null && ResolvedValue.IsObject();

    /// <inheritdoc />
    public HoconObject GetObject() => ResolvedValue.GetObject();
}
