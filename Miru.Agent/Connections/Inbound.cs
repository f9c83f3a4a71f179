using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// What the bytes of a peer amount to, one at a time: a whole message of a known kind; a broken clause, after which nothing is read; or
/// neither, if the first byte was a letter: this peer speaks HTTP.
/// </summary>
/// <param name="Message">The message, or <c>null</c>.</param>
/// <param name="Correlation">The message's.</param>
/// <param name="Violation">The broken clause, or <c>null</c>.</param>
internal readonly record struct Inbound(Message? Message, uint Correlation, Violation? Violation)
{
    public static Inbound Http => default;

    /// <summary>The peer speaks HTTP.</summary>
    public bool IsHttp => Message is null && Violation is null;

    public static Inbound Request(Message message, uint correlation) => new(message, correlation, null);

    public static Inbound Broken(Violation violation) => new(null, 0, violation);

    /// <summary>Tells the protocol.</summary>
    public void Apply(ConnectionProtocol protocol)
    {
        if (Message is not null)
        {
            protocol.OnMessage(Message, Correlation);
        }
        else if (Violation is not null)
        {
            protocol.OnViolation(Violation);
        }
        else
        {
            protocol.OnHttp();
        }
    }
}
