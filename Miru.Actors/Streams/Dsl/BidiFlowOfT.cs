using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

/// <summary>A blueprint of two flows in opposite directions: a protocol layer, for instance.</summary>
public sealed class BidiFlow<TIn1, TOut1, TIn2, TOut2, TMat> : IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat>, ILaidOut
{
    private readonly Layout _layout;
    private BidiShape<TIn1, TOut1, TIn2, TOut2> _shape;

    internal BidiFlow(Layout layout) => _layout = layout;

    public BidiShape<TIn1, TOut1, TIn2, TOut2> Shape => _shape ??= new BidiShape<TIn1, TOut1, TIn2, TOut2>(
        new Inlet<TIn1>("BidiFlow.in1"), new Outlet<TOut1>("BidiFlow.out1"), new Inlet<TIn2>("BidiFlow.in2"), new Outlet<TOut2>("BidiFlow.out2"));

    public IModule Module => new GraphModule(Shape, _layout);

    Layout ILaidOut.Layout => _layout;

    /// <summary>Puts this layer on another one.</summary>
    public BidiFlow<TIn1, TOut12, TIn21, TOut2, TMat> Atop<TOut12, TIn21, TMat2>(BidiFlow<TOut1, TOut12, TIn21, TIn2, TMat2> bidi) =>
        AtopMat(bidi, Keep.Left);

    /// <inheritdoc cref="Atop{TOut12, TIn21, TMat2}"/>
    public BidiFlow<TIn1, TOut12, TIn21, TOut2, TMat3> AtopMat<TOut12, TIn21, TMat2, TMat3>(
        BidiFlow<TOut1, TOut12, TIn21, TIn2, TMat2> bidi, Func<TMat, TMat2, TMat3> combine) =>
        new(Junctions.Atop(_layout, bidi.GetLayout(), combine));

    /// <summary>Closes the far side with a flow.</summary>
    public Flow<TIn1, TOut2, TMat> Join<TMat2>(Flow<TOut1, TIn2, TMat2> flow) => JoinMat(flow, Keep.Left);

    /// <inheritdoc cref="Join{TMat2}"/>
    public Flow<TIn1, TOut2, TMat3> JoinMat<TMat2, TMat3>(Flow<TOut1, TIn2, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        new(Junctions.JoinLower(_layout, flow.GetLayout(), combine));

    /// <summary>The same, seen from the other side.</summary>
    public BidiFlow<TIn2, TOut2, TIn1, TOut1, TMat> Reversed() => new(Junctions.Reversed(_layout));

    public IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat> WithAttributes(Attributes attributes) =>
        new BidiFlow<TIn1, TOut1, TIn2, TOut2, TMat>(_layout.WithAttributes(attributes));

    public IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat> AddAttributes(Attributes attributes) => WithAttributes(attributes);

    public IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat> Named(string name) => WithAttributes(Attributes.CreateName(name));

    public IGraph<BidiShape<TIn1, TOut1, TIn2, TOut2>, TMat> Async() => WithAttributes(Attributes.CreateAsyncBoundary());
}
