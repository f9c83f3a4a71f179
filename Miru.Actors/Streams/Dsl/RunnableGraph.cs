using Akka.Actor;
using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <summary>Makes runnable graphs of closed ones.</summary>
public static class RunnableGraph
{
    public static RunnableGraph<TMat> FromGraph<TMat>(IGraph<ClosedShape, TMat> g) => g as RunnableGraph<TMat> ?? new RunnableGraph<TMat>(g.GetLayout());
}

/// <inheritdoc cref="IRunnableGraph{TMat}"/>
public sealed class RunnableGraph<TMat> : IRunnableGraph<TMat>, ILaidOut
{
    private readonly Layout _layout;

    internal RunnableGraph(Layout layout) => _layout = layout;

    public ClosedShape Shape => ClosedShape.Instance;

    public IModule Module => new GraphModule(Shape, _layout);

    Layout ILaidOut.Layout => _layout;

    public TMat Run(IMaterializer materializer) => materializer.Materialize(this);

    public TMat Run(ActorSystem actorSystem) => Run(actorSystem.Materializer());

    public IRunnableGraph<TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> func) => new RunnableGraph<TMat2>(_layout.TransformValue(func));

    public IRunnableGraph<TMat> WithAttributes(Attributes attributes) => new RunnableGraph<TMat>(_layout.WithAttributes(attributes));

    public IRunnableGraph<TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public IRunnableGraph<TMat> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public IRunnableGraph<TMat> Async() => AddAttributes(Attributes.CreateAsyncBoundary());

    IGraph<ClosedShape, TMat> IGraph<ClosedShape, TMat>.WithAttributes(Attributes attributes) => WithAttributes(attributes);

    IGraph<ClosedShape, TMat> IGraph<ClosedShape, TMat>.AddAttributes(Attributes attributes) => AddAttributes(attributes);

    IGraph<ClosedShape, TMat> IGraph<ClosedShape, TMat>.Named(string name) => Named(name);

    IGraph<ClosedShape, TMat> IGraph<ClosedShape, TMat>.Async() => Async();
}
