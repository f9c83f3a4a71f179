using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>The middle of streams.</summary>
public static class Flow
{
    /// <summary>The empty flow, to put operators on.</summary>
    public static Flow<T, T, NotUsed> Create<T>() => new(new IdentityLayout<T>());

    public static Flow<T, T, TMat> Create<T, TMat>() => new(new IdentityLayout<T>());

    public static Flow<TIn, TOut, TMat> FromGraph<TIn, TOut, TMat>(IGraph<FlowShape<TIn, TOut>, TMat> graph) =>
        graph as Flow<TIn, TOut, TMat> ?? new Flow<TIn, TOut, TMat>(graph.GetLayout());

    public static Flow<TIn, TOut, NotUsed> FromFunction<TIn, TOut>(Func<TIn, TOut> function) => Create<TIn>().Select(function);

    /// <summary>A sink and a source side by side. They do not know of each other: one may end while the other goes on.</summary>
    public static Flow<TIn, TOut, NotUsed> FromSinkAndSource<TIn, TOut, TMat>(IGraph<SinkShape<TIn>, TMat> sink, IGraph<SourceShape<TOut>, TMat> source) =>
        FromSinkAndSource(sink, source, Keep.None);

    /// <inheritdoc cref="FromSinkAndSource{TIn, TOut, TMat}"/>
    public static Flow<TIn, TOut, TMat> FromSinkAndSource<TIn, TOut, TMat1, TMat2, TMat>(
        IGraph<SinkShape<TIn>, TMat1> sink, IGraph<SourceShape<TOut>, TMat2> source, Func<TMat1, TMat2, TMat> combine) =>
        new(Junctions.SideBySide(sink.GetLayout(), source.GetLayout(), combine));
}
