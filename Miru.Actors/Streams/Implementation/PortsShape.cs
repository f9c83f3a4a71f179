using System.Collections.Immutable;

namespace Akka.Streams.Implementation;

/// <summary>Any number of ports.</summary>
internal sealed class PortsShape(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets) : Shape
{
    public override ImmutableArray<Inlet> Inlets => inlets;

    public override ImmutableArray<Outlet> Outlets => outlets;

    public override Shape DeepCopy() =>
        new PortsShape([.. inlets.Select(inlet => inlet.CarbonCopy())], [.. outlets.Select(outlet => outlet.CarbonCopy())]);

    public override Shape CopyFromPorts(ImmutableArray<Inlet> otherInlets, ImmutableArray<Outlet> otherOutlets)
    {
        Expect(otherInlets, inlets.Length, otherOutlets, outlets.Length);
        return new PortsShape(otherInlets, otherOutlets);
    }
}
