using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>What the bytes of a peer amount to, one at a time.</summary>
internal abstract record Inbound
{
    private Inbound()
    {
    }

    /// <summary>A whole message of a known kind.</summary>
    public sealed record Request(Message Message, uint Correlation) : Inbound;

    /// <summary>Bytes that break a clause; nothing after them is read.</summary>
    public sealed record Broken(Violation Violation) : Inbound;

    /// <summary>The first byte was a letter: this peer speaks HTTP.</summary>
    public sealed record Http : Inbound
    {
        public static Http Instance { get; } = new();
    }
}
