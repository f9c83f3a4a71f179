namespace Miru.Agent.Connections;

/// <summary>Fact from the outgoing stream: the socket took everything, one more batch may come.</summary>
internal sealed record OutputWanted
{
    public static OutputWanted Instance { get; } = new();
}

/// <summary>Fact from the outgoing stream: nothing more can be written.</summary>
internal sealed record OutputEnded(Exception Cause);

/// <summary>Fact from the conversation: a turn of reading is worth it, and not routine.</summary>
internal sealed record InputReady
{
    public static InputReady Instance { get; } = new();
}

/// <summary>Fact from the conversation: there was more to write than one turn has.</summary>
internal sealed record OutputWaits
{
    public static OutputWaits Instance { get; } = new();
}

/// <summary>Fact from the conversation: what was routine failed.</summary>
internal sealed record ConversationFailed(Exception Cause);
