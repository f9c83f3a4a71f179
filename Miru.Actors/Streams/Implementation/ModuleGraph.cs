namespace Akka.Streams.Implementation;

/// <summary>A blueprint of any shape that is nothing more than its module.</summary>
internal sealed class ModuleGraph<TShape, TMat>(TShape shape, Module module) : IGraph<TShape, TMat> where TShape : Shape
{
    public TShape Shape { get; } = shape;

    Module IGraph<TShape>.Module { get; } = module;

    public IGraph<TShape, TMat> WithAttributes(Attributes attributes) =>
        new ModuleGraph<TShape, TMat>(Shape, ((IGraph<TShape>)this).Module.WithAttributes(attributes));

    public IGraph<TShape, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public IGraph<TShape, TMat> Named(string name) => WithAttributes(Attributes.CreateName(name));

    public IGraph<TShape, TMat> Async() => WithAttributes(Attributes.CreateAsyncBoundary());
}
