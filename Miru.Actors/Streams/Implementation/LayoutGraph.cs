namespace Akka.Streams.Implementation;

/// <summary>A blueprint of any shape that is nothing more than its layout.</summary>
internal sealed class LayoutGraph<TShape, TMat>(TShape shape, Layout layout) : IGraph<TShape, TMat>, ILaidOut where TShape : Shape
{
    public TShape Shape { get; } = shape;

    public IModule Module => new GraphModule(Shape, Layout);

    public Layout Layout { get; } = layout;

    public IGraph<TShape, TMat> WithAttributes(Attributes attributes) => new LayoutGraph<TShape, TMat>(Shape, Layout.WithAttributes(attributes));

    public IGraph<TShape, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public IGraph<TShape, TMat> Named(string name) => WithAttributes(Attributes.CreateName(name));

    public IGraph<TShape, TMat> Async() => WithAttributes(Attributes.CreateAsyncBoundary());
}
