using System.Collections.Immutable;

namespace Akka.Streams.Implementation;

/// <summary>
/// What a graph is made of, for those who wrap graphs or look at them: its open ports, its attributes, and the operations below, which all give
/// a new module. Build graphs with <c>Akka.Streams.Dsl</c>.
/// </summary>
public interface IModule
{
    /// <summary>The open ports.</summary>
    Shape Shape { get; }

    /// <summary>The open inputs.</summary>
    IImmutableSet<InPort> InPorts { get; }

    /// <summary>The open outputs.</summary>
    IImmutableSet<OutPort> OutPorts { get; }

    /// <summary>No open port is left.</summary>
    bool IsRunnable { get; }

    /// <summary>One input and no output.</summary>
    bool IsSink { get; }

    /// <summary>One output and no input.</summary>
    bool IsSource { get; }

    /// <summary>One input and one output.</summary>
    bool IsFlow { get; }

    /// <summary>Two inputs and two outputs.</summary>
    bool IsBidiFlow { get; }

    /// <summary>It has no parts to look at.</summary>
    bool IsAtomic { get; }

    /// <summary>It is a copy of another module.</summary>
    bool IsCopied { get; }

    /// <summary>It is one piece: what is done to it later does not reach into it.</summary>
    bool IsSealed { get; }

    /// <summary>The parts it shows.</summary>
    ImmutableArray<IModule> SubModules { get; }

    /// <summary>Where its outputs lead, among the parts it shows.</summary>
    IImmutableDictionary<OutPort, InPort> Downstreams { get; }

    /// <summary>Where its inputs come from, among the parts it shows.</summary>
    IImmutableDictionary<InPort, OutPort> Upstreams { get; }

    /// <summary>How its materialized value comes about.</summary>
    StreamLayout.IMaterializedValueNode MaterializedValueComputation { get; }

    /// <summary>The attributes given to it as a whole.</summary>
    Attributes Attributes { get; }

    /// <summary>Both, connected; this one's materialized value is kept.</summary>
    /// <exception cref="ArgumentException">The ports are not an open output of the one and an open input of the other.</exception>
    IModule Fuse(IModule that, OutPort from, InPort to);

    /// <summary>Both, connected.</summary>
    /// <exception cref="ArgumentException">The ports are not an open output of the one and an open input of the other.</exception>
    IModule Fuse<T1, T2, T3>(IModule that, OutPort from, InPort to, Func<T1, T2, T3> matFunc);

    /// <summary>Connects two of its own open ports.</summary>
    /// <exception cref="ArgumentException">They are not open ports of this module.</exception>
    IModule Wire(OutPort from, InPort to);

    /// <summary>Another materialized value.</summary>
    IModule TransformMaterializedValue<TMat, TMat2>(Func<TMat, TMat2> mapFunc);

    /// <summary>Both, side by side; this one's materialized value is kept.</summary>
    /// <exception cref="ArgumentException">They share a port.</exception>
    IModule Compose(IModule that);

    /// <summary>Both, side by side.</summary>
    /// <exception cref="ArgumentException">They share a port.</exception>
    IModule Compose<T1, T2, T3>(IModule that, Func<T1, T2, T3> matFunc);

    /// <summary>Both, side by side, with the other's materialized value.</summary>
    /// <exception cref="ArgumentException">They share a port.</exception>
    IModule ComposeNoMaterialized(IModule that);

    /// <summary>The same as one piece.</summary>
    IModule Nest();

    /// <summary>The same behind another shape of the same ports.</summary>
    /// <exception cref="ArgumentException">The ports are others.</exception>
    IModule ReplaceShape(Shape shape);

    /// <summary>The same with ports of its own.</summary>
    IModule CarbonCopy();

    /// <summary>The same with other attributes.</summary>
    IModule WithAttributes(Attributes attributes);
}
