namespace Miru.Agent.Connections;

/// <summary>Fact for the parent: applications can connect.</summary>
/// <param name="SocketPath">Where.</param>
internal sealed record Listening(string SocketPath);

/// <summary>Command: accept nobody any more and give the socket path up. Answered with <see cref="AcceptingStopped"/>.</summary>
internal sealed record StopAccepting
{
    public static StopAccepting Instance { get; } = new();
}

internal sealed record AcceptingStopped
{
    public static AcceptingStopped Instance { get; } = new();
}

/// <summary>
/// Command, to the listener and by it to every connection: say GOODBYE, flush, close. The listener answers
/// <see cref="ConnectionsClosed"/> when the last one is gone.
/// </summary>
internal sealed record SayGoodbye
{
    public static SayGoodbye Instance { get; } = new();
}

internal sealed record ConnectionsClosed
{
    public static ConnectionsClosed Instance { get; } = new();
}
