namespace Miru.Agent.Connections;

/// <summary>Fact from the outgoing stream: the socket took everything, one more batch may come.</summary>
internal sealed record OutputWanted
{
    public static OutputWanted Instance { get; } = new();
}

/// <summary>Fact from the outgoing stream: nothing more can be written.</summary>
internal sealed record OutputEnded(Exception Cause);

/// <summary>Fact from the incoming stream: it is there and waits to be let loose with <see cref="InputHandled"/>.</summary>
internal sealed record InputOpened
{
    public static InputOpened Instance { get; } = new();
}

/// <summary>Answer to the incoming stream: the message was handled, the next one may come.</summary>
internal sealed record InputHandled
{
    public static InputHandled Instance { get; } = new();
}

/// <summary>Fact from the incoming stream: the peer sends nothing more.</summary>
internal sealed record InputEnded
{
    public static InputEnded Instance { get; } = new();
}

/// <summary>Fact from the incoming stream: the connection broke.</summary>
internal sealed record InputFailed(Exception Cause);
