namespace Akka.Streams.Implementation;

/// <summary>
/// How to build a blueprint: an immutable tree whose leaves are stages and whose inner nodes connect, rename and combine. Building walks the
/// tree once and makes new stages, so the same blueprint may occur several times in one graph.
/// </summary>
internal abstract class Layout
{
    /// <summary>The attributes given to the graph as a whole.</summary>
    public virtual Attributes OuterAttributes => Attributes.None;

    public abstract BuiltLayout Build(GraphAssembly assembly, Attributes inherited);

    public Layout WithAttributes(Attributes attributes) => new AttributedLayout(this, attributes);

    public Layout TransformValue<TMat, TMat2>(Func<TMat, TMat2> map) => new TransformedLayout(this, value => map((TMat)value));

    /// <summary>This module's only outlet feeds the only inlet of <paramref name="next"/>.</summary>
    public Layout Then<TMat, TMat2, TMat3>(Layout next, Func<TMat, TMat2, TMat3> combine) =>
        Then(next, (left, right) => combine((TMat)left, (TMat2)right));

    /// <summary>As above; this module's value is kept.</summary>
    public Layout Then(Layout next) => Then(next, static (left, _) => left);

    private Layout Then(Layout next, Func<object, object, object> combine)
    {
        if (this is IIdentityLayout)
        {
            return new TransformedLayout(next, value => combine(NotUsed.Instance, value));
        }

        return next is IIdentityLayout
            ? new TransformedLayout(this, value => combine(value, NotUsed.Instance))
            : new ChainLayout(this, next, combine);
    }
}

/// <summary>A module that passes elements through unchanged; it vanishes when something is put before or behind it.</summary>
internal interface IIdentityLayout
{
}

/// <summary>Two modules, one after the other.</summary>
internal sealed class ChainLayout(Layout left, Layout right, Func<object, object, object> combine) : Layout
{
    public override BuiltLayout Build(GraphAssembly assembly, Attributes inherited)
    {
        var first = left.Build(assembly, inherited);
        var second = right.Build(assembly, inherited);
        assembly.Connect(first.Outs[0], second.Ins[0]);
        return new BuiltLayout(combine(first.Value, second.Value), first.Ins, second.Outs);
    }
}

/// <summary>A layout with another materialized value.</summary>
internal sealed class TransformedLayout(Layout inner, Func<object, object> map) : Layout
{
    public override Attributes OuterAttributes => inner.OuterAttributes;

    public override BuiltLayout Build(GraphAssembly assembly, Attributes inherited)
    {
        var built = inner.Build(assembly, inherited);
        return built.WithValue(map(built.Value));
    }
}

/// <summary>A layout with attributes of its own, which win over inherited ones.</summary>
internal sealed class AttributedLayout(Layout inner, Attributes attributes) : Layout
{
    public override Attributes OuterAttributes => attributes.And(inner.OuterAttributes);

    public override BuiltLayout Build(GraphAssembly assembly, Attributes inherited) =>
        inner.Build(assembly, inherited.And(attributes));
}

/// <summary>A layout that says itself how it is built: for graphs that are no chain.</summary>
internal sealed class CustomLayout(Func<GraphAssembly, Attributes, BuiltLayout> build) : Layout
{
    public override BuiltLayout Build(GraphAssembly assembly, Attributes inherited) => build(assembly, inherited);
}
