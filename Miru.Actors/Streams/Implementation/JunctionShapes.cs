using System.Collections.Immutable;

namespace Akka.Streams.Implementation;

/// <summary>Two inputs of different types, one output.</summary>
internal sealed class FanInShape<T1, T2, TOut>(Inlet<T1> first, Inlet<T2> second, Outlet<TOut> outlet) : Shape
{
    public Inlet<T1> First { get; } = first;

    public Inlet<T2> Second { get; } = second;

    public Outlet<TOut> Outlet { get; } = outlet;

    public override ImmutableArray<Inlet> Inlets { get; } = [first, second];

    public override ImmutableArray<Outlet> Outlets { get; } = [outlet];

    public override Shape DeepCopy() =>
        new FanInShape<T1, T2, TOut>((Inlet<T1>)First.CarbonCopy(), (Inlet<T2>)Second.CarbonCopy(), (Outlet<TOut>)Outlet.CarbonCopy());

    public override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets)
    {
        Expect(inlets, 2, outlets, 1);
        return new FanInShape<T1, T2, TOut>((Inlet<T1>)inlets[0], (Inlet<T2>)inlets[1], (Outlet<TOut>)outlets[0]);
    }
}

/// <summary>Two inputs, one output.</summary>
internal sealed class FanInShape<T>(string name) : Shape
{
    public Inlet<T> First { get; } = new(name + ".in0");

    public Inlet<T> Second { get; } = new(name + ".in1");

    public Outlet<T> Outlet { get; } = new(name + ".out");

    public override ImmutableArray<Inlet> Inlets => [First, Second];

    public override ImmutableArray<Outlet> Outlets => [Outlet];

    public override Shape DeepCopy() => new FanInShape<T>(name);

    public override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets) =>
        throw new NotSupportedException("The ports of a junction are its own.");
}

/// <summary>One input, two outputs.</summary>
internal sealed class FanOutShape<T>(string name) : Shape
{
    public Inlet<T> Inlet { get; } = new(name + ".in");

    public Outlet<T> First { get; } = new(name + ".out0");

    public Outlet<T> Second { get; } = new(name + ".out1");

    public override ImmutableArray<Inlet> Inlets => [Inlet];

    public override ImmutableArray<Outlet> Outlets => [First, Second];

    public override Shape DeepCopy() => new FanOutShape<T>(name);

    public override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets) =>
        throw new NotSupportedException("The ports of a junction are its own.");
}
