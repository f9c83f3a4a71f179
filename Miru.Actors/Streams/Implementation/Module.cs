namespace Akka.Streams.Implementation;

/// <summary>
/// How to build a blueprint: an immutable tree whose leaves are stages and whose inner nodes connect, rename and combine. Building walks the
/// tree once and makes new stages, so the same blueprint may occur several times in one graph.
/// </summary>
internal abstract class Module
{
    /// <summary>The attributes given to the graph as a whole.</summary>
    public virtual Attributes OuterAttributes => Attributes.None;

    public abstract BuiltModule Build(GraphAssembly assembly, Attributes inherited);

    public Module WithAttributes(Attributes attributes) => new AttributedModule(this, attributes);

    public Module TransformValue<TMat, TMat2>(Func<TMat, TMat2> map) => new TransformedModule(this, value => map((TMat)value));

    /// <summary>This module's only outlet feeds the only inlet of <paramref name="next"/>.</summary>
    public Module Then<TMat, TMat2, TMat3>(Module next, Func<TMat, TMat2, TMat3> combine) =>
        Then(next, (left, right) => combine((TMat)left, (TMat2)right));

    /// <summary>As above; this module's value is kept.</summary>
    public Module Then(Module next) => Then(next, static (left, _) => left);

    private Module Then(Module next, Func<object, object, object> combine)
    {
        if (this is IIdentityModule)
        {
            return new TransformedModule(next, value => combine(NotUsed.Instance, value));
        }

        return next is IIdentityModule
            ? new TransformedModule(this, value => combine(value, NotUsed.Instance))
            : new ChainModule(this, next, combine);
    }
}

/// <summary>A module that passes elements through unchanged; it vanishes when something is put before or behind it.</summary>
internal interface IIdentityModule
{
}

/// <summary>Two modules, one after the other.</summary>
internal sealed class ChainModule(Module left, Module right, Func<object, object, object> combine) : Module
{
    public override BuiltModule Build(GraphAssembly assembly, Attributes inherited)
    {
        var first = left.Build(assembly, inherited);
        var second = right.Build(assembly, inherited);
        assembly.Connect(first.Outs[0], second.Ins[0]);
        return new BuiltModule(combine(first.Value, second.Value), first.Ins, second.Outs);
    }
}

/// <summary>A module with another materialized value.</summary>
internal sealed class TransformedModule(Module inner, Func<object, object> map) : Module
{
    public override Attributes OuterAttributes => inner.OuterAttributes;

    public override BuiltModule Build(GraphAssembly assembly, Attributes inherited)
    {
        var built = inner.Build(assembly, inherited);
        return built.WithValue(map(built.Value));
    }
}

/// <summary>A module with attributes of its own, which win over inherited ones.</summary>
internal sealed class AttributedModule(Module inner, Attributes attributes) : Module
{
    public override Attributes OuterAttributes => attributes.And(inner.OuterAttributes);

    public override BuiltModule Build(GraphAssembly assembly, Attributes inherited) =>
        inner.Build(assembly, inherited.And(attributes));
}

/// <summary>A module that says itself how it is built: for graphs that are no chain.</summary>
internal sealed class CustomModule(Func<GraphAssembly, Attributes, BuiltModule> build) : Module
{
    public override BuiltModule Build(GraphAssembly assembly, Attributes inherited) => build(assembly, inherited);
}
