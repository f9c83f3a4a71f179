using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

/// <summary>Streams that join and fork.</summary>
public static partial class FlowOperations
{
    /// <summary>Goes on with the other source when this one completes.</summary>
    public static Flow<TIn, TOut, TMat> Concat<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, IGraph<SourceShape<TOut>, TMat> other) =>
        flow.Via(Junctions.Concat(other));

    /// <summary>Begins with the other source.</summary>
    public static Flow<TIn, TOut2, TMat> Prepend<TIn, TOut1, TOut2, TMat>(this Flow<TIn, TOut1, TMat> flow, IGraph<SourceShape<TOut2>, TMat> that)
        where TOut1 : TOut2 =>
        flow.Select(static element => (TOut2)element).Via(Junctions.Prepend(that));

    /// <summary>Goes on with the other source if this one completes without an element.</summary>
    public static Flow<T, T, TMat> OrElse<T, TMat>(this Flow<T, T, TMat> flow, IGraph<SourceShape<T>, TMat> secondary) =>
        flow.Via(Junctions.OrElse(secondary));

    /// <summary>Emits the elements of both as they come; completes when both, or if eager, one of them has.</summary>
    public static Flow<TIn, TOut2, TMat> Merge<TIn, TOut1, TOut2, TMat>(
        this Flow<TIn, TOut1, TMat> flow, IGraph<SourceShape<TOut2>, TMat> other, bool eagerComplete = false)
        where TOut1 : TOut2 =>
        flow.Select(static element => (TOut2)element).Via(Junctions.Merge(other, eagerComplete));

    /// <summary>Pairs the elements of both; completes when one of them has.</summary>
    public static Flow<TIn, (T1, T2), TMat> Zip<TIn, T1, T2, TMat>(this Flow<TIn, T1, TMat> flow, IGraph<SourceShape<T2>, TMat> other) =>
        flow.Via(Junctions.ZipWith(other, static (T1 first, T2 second) => (first, second)));

    /// <summary>Combines the elements of both in pairs; completes when one of them has.</summary>
    public static Flow<TIn, T3, TMat> ZipWith<TIn, T1, T2, T3, TMat>(
        this Flow<TIn, T1, TMat> flow, IGraph<SourceShape<T2>, TMat> other, Func<T1, T2, T3> combine) =>
        flow.Via(Junctions.ZipWith(other, combine));

    /// <summary>Sends the elements to the sink, too; the slower one sets the pace. If failures propagate, the end of one side ends the other.</summary>
    public static Flow<TIn, TOut, TMat> AlsoTo<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat> that) =>
        flow.Via(Junctions.FanOut(new Broadcast<TOut>(false), that));

    /// <summary>Sends the elements to the sink, too; the slower one sets the pace. If failures propagate, the end of one side ends the other.</summary>
    public static Flow<TIn, TOut, TMat> AlsoTo<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat> that, bool propagateFailure) =>
        flow.Via(Junctions.FanOut(new Broadcast<TOut>(propagateFailure), that));

    /// <summary>As <c>AlsoTo</c>, with both values.</summary>
    public static Flow<TIn, TOut, TMat3> AlsoToMaterialized<TIn, TOut, TMat, TMat2, TMat3>(
        this Flow<TIn, TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat2> that, Func<TMat, TMat2, TMat3> materializerFunction) =>
        flow.ViaMaterialized(Junctions.FanOut(new Broadcast<TOut>(false), that), materializerFunction);

    /// <summary>As <c>AlsoTo</c>, with both values.</summary>
    public static Flow<TIn, TOut, TMat3> AlsoToMaterialized<TIn, TOut, TMat, TMat2, TMat3>(
        this Flow<TIn, TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat2> that, Func<TMat, TMat2, TMat3> materializerFunction, bool propagateFailure) =>
        flow.ViaMaterialized(Junctions.FanOut(new Broadcast<TOut>(propagateFailure), that), materializerFunction);

    /// <summary>Sends the elements to the sink, too, as far as it asks for them: it slows nothing down.</summary>
    public static Flow<TIn, TOut, TMat> WireTap<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat> that) =>
        flow.Via(Junctions.FanOut(new WireTap<TOut>(), that));

    /// <summary>Sends the elements to the sink, too, as far as it asks for them: it slows nothing down.</summary>
    public static Flow<TIn, TOut, TMat> WireTap<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, Action<TOut> action) =>
        flow.Via(Junctions.FanOut(new WireTap<TOut>(), Sink.ForEach(action)));

    /// <summary>As <c>WireTap</c>, with both values.</summary>
    public static Flow<TIn, TOut, TMat3> WireTapMaterialized<TIn, TOut, TMat, TMat2, TMat3>(
        this Flow<TIn, TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat2> that, Func<TMat, TMat2, TMat3> materializerFunction) =>
        flow.ViaMaterialized(Junctions.FanOut(new WireTap<TOut>(), that), materializerFunction);

    /// <summary>Sends the elements for which the predicate holds to the sink instead.</summary>
    public static Flow<TIn, TOut, TMat> DivertTo<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat> that, Func<TOut, bool> when) =>
        flow.Via(Junctions.FanOut(new DivertTo<TOut>(when), that));

    /// <summary>As <c>DivertTo</c>, with both values.</summary>
    public static Flow<TIn, TOut, TMat3> DivertToMaterialized<TIn, TOut, TMat, TMat2, TMat3>(
        this Flow<TIn, TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat2> that, Func<TOut, bool> when, Func<TMat, TMat2, TMat3> materializerFunction) =>
        flow.ViaMaterialized(Junctions.FanOut(new DivertTo<TOut>(when), that), materializerFunction);
}
