using Akka.Streams.Implementation.Stages;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>Layouts that are no chains.</summary>
internal static class Junctions
{
    /// <summary>A flow that goes on with another source when its input completes.</summary>
    public static IGraph<FlowShape<T, T>, TMat> Concat<T, TMat>(IGraph<SourceShape<T>, TMat> that) => FanIn(new Concat<T>(), that, thatFirst: false);

    /// <summary>A flow that begins with another source.</summary>
    public static IGraph<FlowShape<T, T>, TMat> Prepend<T, TMat>(IGraph<SourceShape<T>, TMat> that) => FanIn(new Concat<T>(), that, thatFirst: true);

    public static IGraph<FlowShape<T, T>, TMat> Merge<T, TMat>(IGraph<SourceShape<T>, TMat> that, bool eagerComplete) =>
        FanIn(new Merge<T>(eagerComplete), that, thatFirst: false);

    public static IGraph<FlowShape<T, T>, TMat> OrElse<T, TMat>(IGraph<SourceShape<T>, TMat> that) => FanIn(new OrElse<T>(), that, thatFirst: false);

    public static IGraph<FlowShape<T1, T3>, TMat> ZipWith<T1, T2, T3, TMat>(IGraph<SourceShape<T2>, TMat> that, Func<T1, T2, T3> combine)
    {
        var stage = new ZipWith<T1, T2, T3>(combine);
        var layout = new CustomLayout((assembly, inherited) =>
        {
            var junction = Build(stage, assembly, inherited);
            var other = that.GetLayout().Build(assembly, inherited);
            assembly.Connect(other.Outs[0], junction.Ins[1]);
            return new BuiltLayout(other.Value, [junction.Ins[0]], junction.Outs);
        });
        return new LayoutGraph<FlowShape<T1, T3>, TMat>(new FlowShape<T1, T3>(new Inlet<T1>("ZipWith.in"), new Outlet<T3>("ZipWith.out")), layout);
    }

    /// <summary>A flow that sends its elements to a sink, too.</summary>
    public static IGraph<FlowShape<T, T>, TMat> FanOut<T, TMat>(GraphStage<FanOutShape<T>> stage, IGraph<SinkShape<T>, TMat> that)
    {
        var layout = new CustomLayout((assembly, inherited) =>
        {
            var junction = Build(stage, assembly, inherited);
            var other = that.GetLayout().Build(assembly, inherited);
            assembly.Connect(junction.Outs[1], other.Ins[0]);
            return new BuiltLayout(other.Value, junction.Ins, [junction.Outs[0]]);
        });
        return new LayoutGraph<FlowShape<T, T>, TMat>(new FlowShape<T, T>(new Inlet<T>("FanOut.in"), new Outlet<T>("FanOut.out")), layout);
    }

    /// <summary>A sink and a source side by side.</summary>
    public static Layout SideBySide<TMat1, TMat2, TMat>(Layout sink, Layout source, Func<TMat1, TMat2, TMat> combine) =>
        new CustomLayout((assembly, inherited) =>
        {
            var first = sink.Build(assembly, inherited);
            var second = source.Build(assembly, inherited);
            return new BuiltLayout(combine((TMat1)first.Value, (TMat2)second.Value), [.. first.Ins, .. second.Ins], [.. first.Outs, .. second.Outs]);
        });

    /// <summary>Two flows that feed each other.</summary>
    public static Layout Circle<TMat1, TMat2, TMat>(Layout flow, Layout back, Func<TMat1, TMat2, TMat> combine) =>
        new CustomLayout((assembly, inherited) =>
        {
            var first = flow.Build(assembly, inherited);
            var second = back.Build(assembly, inherited);
            assembly.Connect(first.Outs[0], second.Ins[0]);
            assembly.Connect(second.Outs[0], first.Ins[0]);
            return new BuiltLayout(combine((TMat1)first.Value, (TMat2)second.Value), [], []);
        });

    /// <summary>A bidirectional flow (in1 to out1, in2 to out2) whose far side (out1, in2) is closed by a flow.</summary>
    public static Layout JoinLower<TMat1, TMat2, TMat>(Layout bidi, Layout flow, Func<TMat1, TMat2, TMat> combine) =>
        new CustomLayout((assembly, inherited) =>
        {
            var first = bidi.Build(assembly, inherited);
            var second = flow.Build(assembly, inherited);
            assembly.Connect(first.Outs[0], second.Ins[0]);
            assembly.Connect(second.Outs[0], first.Ins[1]);
            return new BuiltLayout(combine((TMat1)first.Value, (TMat2)second.Value), [first.Ins[0]], [first.Outs[1]]);
        });

    /// <summary>A flow whose both ends are closed by the near side (in1, out2) of a bidirectional flow.</summary>
    public static Layout JoinUpper<TMat1, TMat2, TMat>(Layout flow, Layout bidi, Func<TMat1, TMat2, TMat> combine) =>
        new CustomLayout((assembly, inherited) =>
        {
            var first = flow.Build(assembly, inherited);
            var second = bidi.Build(assembly, inherited);
            assembly.Connect(first.Outs[0], second.Ins[0]);
            assembly.Connect(second.Outs[1], first.Ins[0]);
            return new BuiltLayout(combine((TMat1)first.Value, (TMat2)second.Value), [second.Ins[1]], [second.Outs[0]]);
        });

    /// <summary>Two bidirectional flows, one on the other.</summary>
    public static Layout Atop<TMat1, TMat2, TMat>(Layout upper, Layout lower, Func<TMat1, TMat2, TMat> combine) =>
        new CustomLayout((assembly, inherited) =>
        {
            var first = upper.Build(assembly, inherited);
            var second = lower.Build(assembly, inherited);
            assembly.Connect(first.Outs[0], second.Ins[0]);
            assembly.Connect(second.Outs[1], first.Ins[1]);
            return new BuiltLayout(combine((TMat1)first.Value, (TMat2)second.Value), [first.Ins[0], second.Ins[1]], [second.Outs[0], first.Outs[1]]);
        });

    public static Layout Reversed(Layout bidi) => Reordered(bidi, [1, 0], [1, 0]);

    /// <summary>An output of a layout leads back to one of its inputs.</summary>
    public static Layout Wired(Layout layout, int output, int input) => new CustomLayout((assembly, inherited) =>
    {
        var built = layout.Build(assembly, inherited);
        assembly.Connect(built.Outs[output], built.Ins[input]);
        return new BuiltLayout(built.Value, Without(built.Ins, input), Without(built.Outs, output));
    });

    /// <summary>The same ends in another order.</summary>
    public static Layout Reordered(Layout layout, int[] inputs, int[] outputs) => new CustomLayout((assembly, inherited) =>
    {
        var built = layout.Build(assembly, inherited);
        return new BuiltLayout(built.Value, [.. inputs.Select(index => built.Ins[index])], [.. outputs.Select(index => built.Outs[index])]);
    });

    private static T[] Without<T>(T[] ends, int index) => [.. ends[..index], .. ends[(index + 1)..]];

    private static IGraph<FlowShape<T, T>, TMat> FanIn<T, TMat>(GraphStage<FanInShape<T>> stage, IGraph<SourceShape<T>, TMat> that, bool thatFirst)
    {
        var (mine, theirs) = thatFirst ? (1, 0) : (0, 1);
        var layout = new CustomLayout((assembly, inherited) =>
        {
            var junction = Build(stage, assembly, inherited);
            var other = that.GetLayout().Build(assembly, inherited);
            assembly.Connect(other.Outs[0], junction.Ins[theirs]);
            return new BuiltLayout(other.Value, [junction.Ins[mine]], junction.Outs);
        });
        return new LayoutGraph<FlowShape<T, T>, TMat>(new FlowShape<T, T>(new Inlet<T>("FanIn.in"), new Outlet<T>("FanIn.out")), layout);
    }

    private static BuiltLayout Build<TShape>(GraphStage<TShape> stage, GraphAssembly assembly, Attributes inherited) where TShape : Shape =>
        stage.GetLayout().Build(assembly, inherited);
}
