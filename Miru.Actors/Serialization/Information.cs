using Akka.Actor;

namespace Akka.Serialization;

/// <summary>By what address and for which system something is written down.</summary>
public sealed class Information : IEquatable<Information>
{
    /// <summary>Both.</summary>
    public Information(Address address, ActorSystem system)
    {
        Address = address;
        System = system;
    }

    /// <summary>The address that references are written with.</summary>
    public Address Address { get; }

    /// <summary>The system that writes.</summary>
    public ActorSystem System { get; }

    /// <inheritdoc/>
    public bool Equals(Information other) => other is not null && Equals(Address, other.Address) && Equals(System, other.System);

    /// <inheritdoc/>
    public override bool Equals(object obj) => Equals(obj as Information);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, System);

    /// <summary>Compares by value.</summary>
    public static bool operator ==(Information left, Information right) => Equals(left, right);

    /// <summary>Compares by value.</summary>
    public static bool operator !=(Information left, Information right) => !Equals(left, right);
}
