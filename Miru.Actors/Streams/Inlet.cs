using Akka.Streams.Implementation;

namespace Akka.Streams;

/// <summary>A named input of a shape, compared by identity.</summary>
public abstract class Inlet : InPort
{
    public readonly string Name;

    protected Inlet(string name) => Name = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>The same inlet seen at another element type.</summary>
    public static Inlet<T> Create<T>(Inlet inlet) => inlet as Inlet<T> ?? new Inlet<T>(inlet.Name);

    public abstract Inlet CarbonCopy();

    public sealed override string ToString() => Name;

    /// <summary>A connection that carries this inlet's elements from <paramref name="outlet"/>.</summary>
    /// <exception cref="ArgumentException">The outlet carries another type.</exception>
    internal abstract Connection ConnectFrom(Outlet outlet);
}

/// <summary>An input that accepts elements of type <typeparamref name="T"/>.</summary>
public sealed class Inlet<T> : Inlet
{
    public Inlet(string name) : base(name)
    {
    }

    public override Inlet CarbonCopy() => new Inlet<T>(Name);

    internal override Connection ConnectFrom(Outlet outlet) => outlet is Outlet<T>
        ? new Connection<T>()
        : throw new ArgumentException($"The outlet [{outlet}] does not carry the elements that the inlet [{this}] accepts ({typeof(T)}).", nameof(outlet));
}
