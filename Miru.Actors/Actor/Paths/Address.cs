namespace Akka.Actor;

/// <summary>The name of an actor system, as paths begin with it: <c>akka://name</c>.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>Stands for every system.</summary>
    public static readonly Address AllSystems = new("akka", "all-systems");

    private readonly string _text;

    /// <param name="protocol">The scheme; "akka" for a local system.</param>
    /// <param name="system">The system's name.</param>
    /// <param name="host">The host; null for a local system.</param>
    /// <param name="port">The port; null for a local system.</param>
    public Address(string protocol, string system, string host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host;
        Port = port;
        _text = host is null ? $"{protocol}://{system}" : $"{protocol}://{system}@{host}{(port is null ? "" : $":{port}")}";
    }

    /// <summary>The host; null for a local system.</summary>
    public string Host { get; }

    /// <summary>The port; null for a local system.</summary>
    public int? Port { get; }

    /// <summary>The system's name.</summary>
    public string System { get; }

    /// <summary>The scheme.</summary>
    public string Protocol { get; }

    /// <summary>True when the address means this process only.</summary>
    public bool HasLocalScope => Host is null;

    /// <summary>True when the address can be reached from elsewhere.</summary>
    public bool HasGlobalScope => Host is not null;

    /// <inheritdoc/>
    public bool Equals(Address other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object obj) => Equals(obj as Address);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public int CompareTo(Address other) => string.CompareOrdinal(_text, other?._text);

    /// <inheritdoc/>
    public override string ToString() => _text;

    /// <summary>Compares by value.</summary>
    public static bool operator ==(Address left, Address right) => Equals(left, right);

    /// <summary>Compares by value.</summary>
    public static bool operator !=(Address left, Address right) => !Equals(left, right);
}
