namespace Miru.Agent.Connections;

/// <summary>Fact from the outgoing stream: the socket took everything, one more batch may come.</summary>
internal sealed record OutputWanted
{
    public static OutputWanted Instance { get; } = new();
}

/// <summary>Fact from the outgoing stream: nothing more can be written.</summary>
internal sealed record OutputEnded(Exception Cause);

/// <summary>Fact from the I/O loop, or to itself where one turn was not enough: it is worth trying to read.</summary>
internal sealed record InputReady
{
    public static InputReady Instance { get; } = new();
}
