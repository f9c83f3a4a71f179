using System.Collections.Immutable;

namespace Akka.Streams.Implementation;

/// <summary>
/// A graph's layout behind its ports. The layout is immutable and builds anew each time, so a module is always one piece: it shows no parts,
/// and copying it takes only fresh ports.
/// </summary>
internal sealed class GraphModule(Shape shape, Layout layout) : IModule
{
    public Layout Layout => layout;

    public Shape Shape => shape;

    public IImmutableSet<InPort> InPorts => shape.Inlets.ToImmutableHashSet<InPort>();

    public IImmutableSet<OutPort> OutPorts => shape.Outlets.ToImmutableHashSet<OutPort>();

    public bool IsRunnable => Has(0, 0);

    public bool IsSink => Has(1, 0);

    public bool IsSource => Has(0, 1);

    public bool IsFlow => Has(1, 1);

    public bool IsBidiFlow => Has(2, 2);

    public bool IsAtomic => true;

    public bool IsCopied => false;

    public bool IsSealed => true;

    public ImmutableArray<IModule> SubModules => [];

    public IImmutableDictionary<OutPort, InPort> Downstreams => ImmutableDictionary<OutPort, InPort>.Empty;

    public IImmutableDictionary<InPort, OutPort> Upstreams => ImmutableDictionary<InPort, OutPort>.Empty;

    public StreamLayout.IMaterializedValueNode MaterializedValueComputation => new StreamLayout.Atomic(this);

    public Attributes Attributes => layout.OuterAttributes;

    public IModule Fuse(IModule that, OutPort from, InPort to) => Compose(that).Wire(from, to);

    public IModule Fuse<T1, T2, T3>(IModule that, OutPort from, InPort to, Func<T1, T2, T3> matFunc) => Compose(that, matFunc).Wire(from, to);

    public IModule Wire(OutPort from, InPort to)
    {
        var (output, input) = (shape.Outlets.IndexOf(from as Outlet), shape.Inlets.IndexOf(to as Inlet));
        if (output < 0) throw new ArgumentException($"{from} is no open output of {this}.", nameof(from));
        if (input < 0) throw new ArgumentException($"{to} is no open input of {this}.", nameof(to));
        var rest = new PortsShape(shape.Inlets.RemoveAt(input), shape.Outlets.RemoveAt(output));
        return new GraphModule(rest, Junctions.Wired(layout, output, input));
    }

    public IModule TransformMaterializedValue<TMat, TMat2>(Func<TMat, TMat2> mapFunc) => new GraphModule(shape, layout.TransformValue(mapFunc));

    public IModule Compose(IModule that) => Beside(that, static (mine, _) => mine);

    public IModule Compose<T1, T2, T3>(IModule that, Func<T1, T2, T3> matFunc) => Beside(that, (mine, its) => matFunc((T1)mine, (T2)its));

    public IModule ComposeNoMaterialized(IModule that) => Beside(that, static (_, its) => its);

    public IModule Nest() => this;

    public IModule ReplaceShape(Shape replacement)
    {
        if (!shape.HasSamePortsAs(replacement)) throw new ArgumentException($"The shape has other ports than {this}.", nameof(replacement));
        int[] inputs = [.. replacement.Inlets.Select(inlet => shape.Inlets.IndexOf(inlet))];
        int[] outputs = [.. replacement.Outlets.Select(outlet => shape.Outlets.IndexOf(outlet))];
        return new GraphModule(replacement, Junctions.Reordered(layout, inputs, outputs));
    }

    public IModule CarbonCopy() => new GraphModule(shape.DeepCopy(), layout);

    public IModule WithAttributes(Attributes attributes) => new GraphModule(shape, layout.WithAttributes(attributes));

    public override string ToString() => $"Module({string.Join(", ", shape.Inlets)} -> {string.Join(", ", shape.Outlets)})";

    private bool Has(int inlets, int outlets) => shape.Inlets.Length == inlets && shape.Outlets.Length == outlets;

    private GraphModule Beside(IModule that, Func<object, object, object> combine)
    {
        if (InPorts.Overlaps(that.InPorts) || OutPorts.Overlaps(that.OutPorts))
        {
            throw new ArgumentException($"{that} shares ports with {this}: compose a CarbonCopy of it.", nameof(that));
        }

        var both = new PortsShape([.. shape.Inlets, .. that.Shape.Inlets], [.. shape.Outlets, .. that.Shape.Outlets]);
        return new GraphModule(both, Junctions.SideBySide(layout, GraphLayouts.Of(that), combine));
    }
}
