namespace Akka.Streams.Implementation;

/// <summary>Who has an inlet: a stage, or the head of one of its substreams.</summary>
internal interface IInletOwner
{
    void Attach(Inlet inlet, Connection connection);
}

/// <summary>Who has an outlet: a stage, or the tail of one of its substreams.</summary>
internal interface IOutletOwner
{
    void Attach(Outlet outlet, Connection connection);
}

/// <summary>An inlet of one materialization that is not connected yet.</summary>
internal readonly struct InEnd(IInletOwner owner, Inlet inlet)
{
    public IInletOwner Owner { get; } = owner;

    public Inlet Inlet { get; } = inlet;
}

/// <summary>An outlet of one materialization that is not connected yet.</summary>
internal readonly struct OutEnd(IOutletOwner owner, Outlet outlet)
{
    public IOutletOwner Owner { get; } = owner;

    public Outlet Outlet { get; } = outlet;
}
