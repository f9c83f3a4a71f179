using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

/// <summary>
/// The blueprint of a custom operator: it has a shape and makes, for each materialization, a <see cref="GraphStageLogic"/> with all
/// mutable state, and a value for who runs the stream. The stage itself must not hold mutable state.
/// </summary>
public abstract class GraphStageWithMaterializedValue<TShape, TMaterialized> : IGraphStageWithMaterializedValue<TShape, TMaterialized>
    where TShape : Shape
{
    private Module _module;

    protected GraphStageWithMaterializedValue()
    {
    }

    public abstract TShape Shape { get; }

    protected virtual Attributes InitialAttributes => Attributes.None;

    internal Attributes OwnAttributes => InitialAttributes;

    Module IGraph<TShape>.Module => _module ??= new StageModule<TShape, TMaterialized>(this);

    public abstract ILogicAndMaterializedValue<TMaterialized> CreateLogicAndMaterializedValue(Attributes inheritedAttributes);

    public IGraph<TShape, TMaterialized> WithAttributes(Attributes attributes) =>
        new ModuleGraph<TShape, TMaterialized>(Shape, ((IGraph<TShape>)this).Module.WithAttributes(attributes));

    public IGraph<TShape, TMaterialized> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public IGraph<TShape, TMaterialized> Named(string name) => WithAttributes(Attributes.CreateName(name));

    public IGraph<TShape, TMaterialized> Async() => WithAttributes(Attributes.CreateAsyncBoundary());
}
