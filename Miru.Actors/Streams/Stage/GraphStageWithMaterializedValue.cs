using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>
/// The blueprint of a custom operator: it has a shape and makes, for each materialization, a <see cref="GraphStageLogic"/> with all
/// mutable state, and a value for who runs the stream. The stage itself must not hold mutable state.
/// </summary>
public abstract class GraphStageWithMaterializedValue<TShape, TMaterialized> : IGraphStageWithMaterializedValue<TShape, TMaterialized>, ILaidOut
    where TShape : Shape
{
    private Layout _layout;

    protected GraphStageWithMaterializedValue()
    {
    }

    public abstract TShape Shape { get; }

    protected virtual Attributes InitialAttributes => Attributes.None;

    internal Attributes OwnAttributes => InitialAttributes;

    public IModule Module => new GraphModule(Shape, ((ILaidOut)this).Layout);

    Layout ILaidOut.Layout => _layout ??= new StageLayout<TShape, TMaterialized>(this);

    public abstract ILogicAndMaterializedValue<TMaterialized> CreateLogicAndMaterializedValue(Attributes inheritedAttributes);

    public IGraph<TShape, TMaterialized> WithAttributes(Attributes attributes) =>
        new LayoutGraph<TShape, TMaterialized>(Shape, ((ILaidOut)this).Layout.WithAttributes(attributes));

    public IGraph<TShape, TMaterialized> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public IGraph<TShape, TMaterialized> Named(string name) => WithAttributes(Attributes.CreateName(name));

    public IGraph<TShape, TMaterialized> Async() => WithAttributes(Attributes.CreateAsyncBoundary());
}
