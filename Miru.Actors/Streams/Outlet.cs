namespace Akka.Streams;

/// <summary>A named output of a shape, compared by identity.</summary>
public abstract class Outlet : OutPort
{
    public readonly string Name;

    protected Outlet(string name) => Name = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>The same outlet seen at another element type.</summary>
    public static Outlet<T> Create<T>(Outlet outlet) => outlet as Outlet<T> ?? new Outlet<T>(outlet.Name);

    public abstract Outlet CarbonCopy();

    public sealed override string ToString() => Name;
}

/// <summary>An output that emits elements of type <typeparamref name="T"/>.</summary>
public sealed class Outlet<T> : Outlet
{
    public Outlet(string name) : base(name)
    {
    }

    public override Outlet CarbonCopy() => new Outlet<T>(Name);
}
