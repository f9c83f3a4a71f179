using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>A blueprint with one open input and one open output: the middle of a stream.</summary>
public sealed class Flow<TIn, TOut, TMat> : IFlow<TOut, TMat>, IGraph<FlowShape<TIn, TOut>, TMat>, ILaidOut
{
    private readonly Layout _layout;
    private FlowShape<TIn, TOut> _shape;

    internal Flow(Layout layout, FlowShape<TIn, TOut> shape = null)
    {
        _layout = layout;
        _shape = shape;
    }

    public FlowShape<TIn, TOut> Shape => _shape ??= new FlowShape<TIn, TOut>(new Inlet<TIn>("Flow.in"), new Outlet<TOut>("Flow.out"));

    public IModule Module => new GraphModule(Shape, _layout);

    Layout ILaidOut.Layout => _layout;

    /// <summary>Continues with a flow; this side's materialized value is kept.</summary>
    public Flow<TIn, T2, TMat> Via<T2, TMat2>(IGraph<FlowShape<TOut, T2>, TMat2> flow) => new(_layout.Then(flow.GetLayout()));

    /// <summary>Continues with a flow.</summary>
    public Flow<TIn, TOut2, TMat3> ViaMaterialized<TOut2, TMat2, TMat3>(IGraph<FlowShape<TOut, TOut2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        new(_layout.Then(flow.GetLayout(), combine));

    /// <summary>Ends in a sink; this side's materialized value is kept.</summary>
    public Sink<TIn, TMat> To<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink) => new(_layout.Then(sink.GetLayout()));

    /// <summary>Ends in a sink.</summary>
    public Sink<TIn, TMat3> ToMaterialized<TMat2, TMat3>(IGraph<SinkShape<TOut>, TMat2> sink, Func<TMat, TMat2, TMat3> combine) =>
        new(_layout.Then(sink.GetLayout(), combine));

    /// <summary>Closes a circle with a flow in the other direction.</summary>
    public IRunnableGraph<TMat> Join<TMat2>(IGraph<FlowShape<TOut, TIn>, TMat2> flow) => JoinMaterialized(flow, Keep.Left);

    /// <inheritdoc cref="Join{TMat2}(IGraph{FlowShape{TOut, TIn}, TMat2})"/>
    public IRunnableGraph<TMat3> JoinMaterialized<TMat2, TMat3>(IGraph<FlowShape<TOut, TIn>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        new RunnableGraph<TMat3>(Junctions.Circle(_layout, flow.GetLayout(), combine));

    /// <summary>Puts both ends of this flow behind one side of a bidirectional flow.</summary>
    public Flow<TIn2, TOut2, TMat> Join<TIn2, TOut2, TMat2>(IGraph<BidiShape<TOut, TOut2, TIn2, TIn>, TMat2> bidi) => JoinMaterialized(bidi, Keep.Left);

    /// <inheritdoc cref="Join{TIn2, TOut2, TMat2}(IGraph{BidiShape{TOut, TOut2, TIn2, TIn}, TMat2})"/>
    public Flow<TIn2, TOut2, TMatRes> JoinMaterialized<TIn2, TOut2, TMat2, TMatRes>(
        IGraph<BidiShape<TOut, TOut2, TIn2, TIn>, TMat2> bidi, Func<TMat, TMat2, TMatRes> combine) =>
        new(Junctions.JoinUpper(_layout, bidi.GetLayout(), combine));

    /// <summary>Runs between a source and a sink and returns their materialized values.</summary>
    public (TMat1, TMat2) RunWith<TMat1, TMat2>(IGraph<SourceShape<TIn>, TMat1> source, IGraph<SinkShape<TOut>, TMat2> sink, IMaterializer materializer) =>
        Source.FromGraph(source).Via(this).ToMaterialized(sink, Keep.Both).Run(materializer);

    public Flow<TIn, TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => new(_layout.TransformValue(mapFunc), _shape);

    /// <summary>Continues with a source when this one's input completes.</summary>
    public Flow<TIn, TOut, TMat3> ConcatMaterialized<TMat2, TMat3>(IGraph<SourceShape<TOut>, TMat2> that, Func<TMat, TMat2, TMat3> materializedFunction) =>
        ViaMaterialized(Junctions.Concat<TOut, TMat2>(that), materializedFunction);

    public Flow<TIn, TOut, TMat> WithAttributes(Attributes attributes) => new(_layout.WithAttributes(attributes), _shape);

    public Flow<TIn, TOut, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public Flow<TIn, TOut, TMat> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public Flow<TIn, TOut, TMat> Async() => AddAttributes(Attributes.CreateAsyncBoundary());

    public override string ToString() => $"Flow({Shape})";

    IFlow<T, TMat> IFlow<TOut, TMat>.Via<T, TMat2>(IGraph<FlowShape<TOut, T>, TMat2> flow) => Via(flow);

    IFlow<T2, TMat3> IFlow<TOut, TMat>.ViaMaterialized<T2, TMat2, TMat3>(IGraph<FlowShape<TOut, T2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        ViaMaterialized(flow, combine);

    IFlow<TOut, TMat2> IFlow<TOut, TMat>.MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => MapMaterializedValue(mapFunc);

    IGraph<FlowShape<TIn, TOut>, TMat> IGraph<FlowShape<TIn, TOut>, TMat>.WithAttributes(Attributes attributes) => WithAttributes(attributes);

    IGraph<FlowShape<TIn, TOut>, TMat> IGraph<FlowShape<TIn, TOut>, TMat>.AddAttributes(Attributes attributes) => AddAttributes(attributes);

    IGraph<FlowShape<TIn, TOut>, TMat> IGraph<FlowShape<TIn, TOut>, TMat>.Named(string name) => Named(name);

    IGraph<FlowShape<TIn, TOut>, TMat> IGraph<FlowShape<TIn, TOut>, TMat>.Async() => Async();
}
