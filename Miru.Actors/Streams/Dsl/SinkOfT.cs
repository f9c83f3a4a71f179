using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <summary>A blueprint with one open input: where a stream ends.</summary>
public sealed class Sink<TIn, TMat> : IGraph<SinkShape<TIn>, TMat>, ILaidOut
{
    private readonly Layout _layout;
    private SinkShape<TIn> _shape;

    internal Sink(Layout layout, SinkShape<TIn> shape = null)
    {
        _layout = layout;
        _shape = shape;
    }

    public SinkShape<TIn> Shape => _shape ??= new SinkShape<TIn>(new Inlet<TIn>("Sink.in"));

    public IModule Module => new GraphModule(Shape, _layout);

    Layout ILaidOut.Layout => _layout;

    /// <summary>A sink for elements that are converted first.</summary>
    public Sink<TIn2, TMat> ContraMap<TIn2>(Func<TIn2, TIn> function) => Flow.FromFunction(function).ToMaterialized(this, Keep.Right);

    /// <summary>Runs from the source and returns the source's materialized value.</summary>
    public TMat2 RunWith<TMat2>(IGraph<SourceShape<TIn>, TMat2> source, IMaterializer materializer) => Source.FromGraph(source).To(this).Run(materializer);

    public Sink<TIn, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> fn) => new(_layout.TransformValue(fn), _shape);

    public Sink<TIn, TMat> WithAttributes(Attributes attributes) => new(_layout.WithAttributes(attributes), _shape);

    public Sink<TIn, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public Sink<TIn, TMat> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public Sink<TIn, TMat> Async() => AddAttributes(Attributes.CreateAsyncBoundary());

    public override string ToString() => $"Sink({Shape})";

    IGraph<SinkShape<TIn>, TMat> IGraph<SinkShape<TIn>, TMat>.WithAttributes(Attributes attributes) => WithAttributes(attributes);

    IGraph<SinkShape<TIn>, TMat> IGraph<SinkShape<TIn>, TMat>.AddAttributes(Attributes attributes) => AddAttributes(attributes);

    IGraph<SinkShape<TIn>, TMat> IGraph<SinkShape<TIn>, TMat>.Named(string name) => Named(name);

    IGraph<SinkShape<TIn>, TMat> IGraph<SinkShape<TIn>, TMat>.Async() => Async();
}
