using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <summary>Two flows in opposite directions.</summary>
public static class BidiFlow
{
    public static BidiFlow<TIn1, TOut1, TIn2, TOut2, NotUsed> FromFlows<TIn1, TOut1, TIn2, TOut2, TMat1, TMat2>(
        IGraph<FlowShape<TIn1, TOut1>, TMat1> flow1, IGraph<FlowShape<TIn2, TOut2>, TMat2> flow2) => FromFlowsMat(flow1, flow2, Keep.None);

    public static BidiFlow<TIn1, TOut1, TIn2, TOut2, TMat> FromFlowsMat<TIn1, TOut1, TIn2, TOut2, TMat1, TMat2, TMat>(
        IGraph<FlowShape<TIn1, TOut1>, TMat1> flow1, IGraph<FlowShape<TIn2, TOut2>, TMat2> flow2, Func<TMat1, TMat2, TMat> combine) =>
        new(Junctions.SideBySide(flow1.GetLayout(), flow2.GetLayout(), combine));

    public static BidiFlow<TIn1, TOut1, TIn2, TOut2, NotUsed> FromFunction<TIn1, TOut1, TIn2, TOut2>(
        Func<TIn1, TOut1> outbound, Func<TIn2, TOut2> inbound) => FromFlows(Flow.FromFunction(outbound), Flow.FromFunction(inbound));

    public static BidiFlow<TIn1, TOut1, TIn2, TOut2, TMat> FromGraph<TIn1, TOut1, TIn2, TOut2, TMat>(
        IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat> graph) =>
        graph as BidiFlow<TIn1, TOut1, TIn2, TOut2, TMat> ?? new BidiFlow<TIn1, TOut1, TIn2, TOut2, TMat>(graph.GetLayout());
}
