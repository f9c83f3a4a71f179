using Akka.Actor;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>A blueprint with one open output: where a stream begins.</summary>
public sealed class Source<TOut, TMat> : IFlow<TOut, TMat>, IGraph<SourceShape<TOut>, TMat>, ILaidOut
{
    private readonly Layout _layout;
    private SourceShape<TOut> _shape;

    internal Source(Layout layout, SourceShape<TOut> shape = null)
    {
        _layout = layout;
        _shape = shape;
    }

    public SourceShape<TOut> Shape => _shape ??= new SourceShape<TOut>(new Outlet<TOut>("Source.out"));

    public IModule Module => new GraphModule(Shape, _layout);

    Layout ILaidOut.Layout => _layout;

    /// <summary>Continues with a flow; this side's materialized value is kept.</summary>
    public Source<T2, TMat> Via<T2, TMat2>(IGraph<FlowShape<TOut, T2>, TMat2> flow) => new(_layout.Then(flow.GetLayout()));

    /// <summary>Continues with a flow.</summary>
    public Source<TOut2, TMat3> ViaMaterialized<TOut2, TMat2, TMat3>(IGraph<FlowShape<TOut, TOut2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        new(_layout.Then(flow.GetLayout(), combine));

    /// <summary>Ends in a sink; this side's materialized value is kept.</summary>
    public IRunnableGraph<TMat> To<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink) => new RunnableGraph<TMat>(_layout.Then(sink.GetLayout()));

    /// <summary>Ends in a sink.</summary>
    public IRunnableGraph<TMat3> ToMaterialized<TMat2, TMat3>(IGraph<SinkShape<TOut>, TMat2> sink, Func<TMat, TMat2, TMat3> combine) =>
        new RunnableGraph<TMat3>(_layout.Then(sink.GetLayout(), combine));

    /// <summary>Runs into the sink and returns the sink's materialized value.</summary>
    public TMat2 RunWith<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink, IMaterializer materializer) =>
        ToMaterialized(sink, Keep.Right).Run(materializer);

    /// <inheritdoc cref="RunWith{TMat2}(IGraph{SinkShape{TOut}, TMat2}, IMaterializer)"/>
    public TMat2 RunWith<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink, ActorSystem materializer) => RunWith(sink, materializer.Materializer());

    /// <summary>Folds all elements; the task has the result when the stream completes.</summary>
    public Task<TOut2> RunAggregate<TOut2>(TOut2 zero, Func<TOut2, TOut, TOut2> aggregate, IMaterializer materializer) =>
        RunWith(Sink.Aggregate(zero, aggregate), materializer);

    /// <inheritdoc cref="RunAggregate{TOut2}(TOut2, Func{TOut2, TOut, TOut2}, IMaterializer)"/>
    public Task<TOut2> RunAggregate<TOut2>(TOut2 zero, Func<TOut2, TOut, TOut2> aggregate, ActorSystem materializer) =>
        RunAggregate(zero, aggregate, materializer.Materializer());

    /// <summary>Calls the action for each element; the task ends as the stream does.</summary>
    public Task RunForeach(Action<TOut> action, IMaterializer materializer) => RunWith(Sink.ForEach(action), materializer);

    /// <inheritdoc cref="RunForeach(Action{TOut}, IMaterializer)"/>
    public Task RunForeach(Action<TOut> action, ActorSystem materializer) => RunForeach(action, materializer.Materializer());

    /// <summary>Combines all elements; the task fails with <see cref="NoSuchElementException"/> if there is none.</summary>
    public Task<TOut> RunSum(Func<TOut, TOut, TOut> reduce, IMaterializer materializer) => RunWith(Sink.Sum(reduce), materializer);

    /// <inheritdoc cref="RunSum(Func{TOut, TOut, TOut}, IMaterializer)"/>
    public Task<TOut> RunSum(Func<TOut, TOut, TOut> reduce, ActorSystem materializer) => RunSum(reduce, materializer.Materializer());

    public Source<TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => new(_layout.TransformValue(mapFunc), _shape);

    /// <summary>Starts this part now and returns its materialized value with a source of its elements, which can be run once.</summary>
    public (TMat, Source<TOut, NotUsed>) PreMaterialize(IMaterializer materializer)
    {
        var bridge = new Bridge<TOut>();
        var value = To(bridge.Sink).Run(materializer);
        return (value, Source.FromGraph(bridge.Source));
    }

    /// <inheritdoc cref="PreMaterialize(IMaterializer)"/>
    public (TMat, Source<TOut, NotUsed>) PreMaterialize(ActorSystem actorSystem) => PreMaterialize(actorSystem.Materializer());

    /// <summary>Continues with another source when this one completes.</summary>
    public Source<TOut, TMat3> ConcatMaterialized<TMat2, TMat3>(IGraph<SourceShape<TOut>, TMat2> that, Func<TMat, TMat2, TMat3> materializedFunction) =>
        ViaMaterialized(Junctions.Concat<TOut, TMat2>(that), materializedFunction);

    public Source<TOut, TMat> WithAttributes(Attributes attributes) => new(_layout.WithAttributes(attributes), _shape);

    public Source<TOut, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public Source<TOut, TMat> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public Source<TOut, TMat> Async() => AddAttributes(Attributes.CreateAsyncBoundary());

    public override string ToString() => $"Source({Shape})";

    IFlow<T, TMat> IFlow<TOut, TMat>.Via<T, TMat2>(IGraph<FlowShape<TOut, T>, TMat2> flow) => Via(flow);

    IFlow<T2, TMat3> IFlow<TOut, TMat>.ViaMaterialized<T2, TMat2, TMat3>(IGraph<FlowShape<TOut, T2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        ViaMaterialized(flow, combine);

    IFlow<TOut, TMat2> IFlow<TOut, TMat>.MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) => MapMaterializedValue(mapFunc);

    IGraph<SourceShape<TOut>, TMat> IGraph<SourceShape<TOut>, TMat>.WithAttributes(Attributes attributes) => WithAttributes(attributes);

    IGraph<SourceShape<TOut>, TMat> IGraph<SourceShape<TOut>, TMat>.AddAttributes(Attributes attributes) => AddAttributes(attributes);

    IGraph<SourceShape<TOut>, TMat> IGraph<SourceShape<TOut>, TMat>.Named(string name) => Named(name);

    IGraph<SourceShape<TOut>, TMat> IGraph<SourceShape<TOut>, TMat>.Async() => Async();
}
