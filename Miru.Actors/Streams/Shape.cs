using System.Collections.Immutable;

namespace Akka.Streams;

/// <summary>The open ports of a graph. What has no open ports can be run.</summary>
public abstract class Shape : ICloneable
{
    protected Shape()
    {
    }

    public abstract ImmutableArray<Inlet> Inlets { get; }

    public abstract ImmutableArray<Outlet> Outlets { get; }

    /// <summary>The same shape with fresh ports.</summary>
    public abstract Shape DeepCopy();

    /// <summary>The same kind of shape over the given ports.</summary>
    /// <exception cref="ArgumentException">The number of ports is not this shape's.</exception>
    public abstract Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets);

    public bool HasSamePortsAs(Shape shape) =>
        Inlets.ToHashSet().SetEquals(shape.Inlets) && Outlets.ToHashSet().SetEquals(shape.Outlets);

    public bool HasSamePortsAndShapeAs(Shape shape) =>
        Inlets.SequenceEqual(shape.Inlets) && Outlets.SequenceEqual(shape.Outlets);

    public object Clone() => DeepCopy();

    internal static void Expect(ImmutableArray<Inlet> inlets, int inletCount, ImmutableArray<Outlet> outlets, int outletCount)
    {
        if (inlets.Length != inletCount)
        {
            throw new ArgumentException($"Proposed inlets [{string.Join(", ", inlets)}] do not fit: {inletCount} expected.", nameof(inlets));
        }

        if (outlets.Length != outletCount)
        {
            throw new ArgumentException($"Proposed outlets [{string.Join(", ", outlets)}] do not fit: {outletCount} expected.", nameof(outlets));
        }
    }
}
