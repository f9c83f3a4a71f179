using Akka;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Implementation;

namespace Miru.Actors.Tests.Streams;

public sealed class ModuleTests : StreamSpec
{
    [Fact]
    public async Task A_graph_of_ones_own_runs_as_what_it_wraps()
    {
        var flow = Flow.Create<int>().Select(number => number * 10);
        var wrapped = new WrappedGraph<FlowShape<int, int>, NotUsed>(flow.Shape, flow.Module);

        Assert.Equal([10, 20, 30], await Elements(Source.From(Numbers(3)).Via(wrapped)));
    }

    [Fact]
    public void A_module_says_which_ports_are_open()
    {
        var (source, flow, sink) = (Source.Single(1).Module, Flow.Create<int>().Select(number => number).Module, Sink.Ignore<int>().Module);

        Assert.True(source is { IsSource: true, IsFlow: false, IsRunnable: false, InPorts.Count: 0, OutPorts.Count: 1 });
        Assert.True(flow is { IsFlow: true, IsSink: false, InPorts.Count: 1, OutPorts.Count: 1 });
        Assert.True(sink is { IsSink: true, IsSource: false, InPorts.Count: 1, OutPorts.Count: 0 });
    }

    [Fact]
    public async Task Fused_modules_run_with_the_combined_value()
    {
        var (source, sink) = (Source.From(Numbers(3)), Sink.Seq<int>());
        var fused = source.Module.Fuse<NotUsed, Task<System.Collections.Immutable.IImmutableList<int>>, Task<System.Collections.Immutable.IImmutableList<int>>>(
            sink.Module, source.Shape.Outlet, sink.Shape.Inlet, (_, elements) => elements);

        Assert.True(fused.IsRunnable);
        Assert.Equal(Numbers(3), await Run<Task<System.Collections.Immutable.IImmutableList<int>>>(fused).WaitAsync(Patience));
    }

    [Fact]
    public async Task Ports_are_wired_one_after_the_other()
    {
        var (source, flow, sink) = (Source.From(Numbers(3)), Flow.Create<int>().Select(number => number + 1), Sink.Aggregate<int, int>(0, (sum, number) => sum + number));
        var wired = sink.Module.Compose(flow.Module).Compose(source.Module)
            .Wire(source.Shape.Outlet, flow.Shape.Inlet)
            .Wire(flow.Shape.Outlet, sink.Shape.Inlet);

        Assert.Equal(2 + 3 + 4, await Run<Task<int>>(wired).WaitAsync(Patience));
    }

    [Fact]
    public void A_foreign_port_cannot_be_wired()
    {
        var (source, sink, other) = (Source.Single(1), Sink.Ignore<int>(), Sink.Ignore<int>());
        var both = source.Module.Compose(sink.Module);

        Assert.Throws<ArgumentException>(() => both.Wire(source.Shape.Outlet, other.Shape.Inlet));
    }

    [Fact]
    public void A_copy_has_ports_of_its_own()
    {
        var module = Source.Single(1).Module;

        Assert.False(module.Shape.HasSamePortsAs(module.CarbonCopy().Shape));
        Assert.True(module.CarbonCopy().IsSource);
    }

    [Fact]
    public void A_shape_of_the_same_ports_can_replace_another()
    {
        var source = Source.Single(1);
        var shape = new SourceShape<int>(source.Shape.Outlet);

        Assert.Same(shape, source.Module.ReplaceShape(shape).Shape);
    }

    [Fact]
    public async Task A_transformed_module_yields_the_new_value()
    {
        var (source, sink) = (Source.Single(20), Sink.First<int>());
        var doubled = sink.Module.TransformMaterializedValue<Task<int>, string>(_ => "value");
        var wrapped = new WrappedGraph<SinkShape<int>, string>((SinkShape<int>)doubled.Shape, doubled);

        Assert.Equal("value", source.RunWith(wrapped, Materializer));
        Assert.Equal(20, await source.RunWith(sink, Materializer).WaitAsync(Patience));
    }

    private TMat Run<TMat>(IModule module) => RunnableGraph.FromGraph(new WrappedGraph<ClosedShape, TMat>(ClosedShape.Instance, module)).Run(Materializer);
}
